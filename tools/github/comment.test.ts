import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hiddenMark, keepComment, withinLimit } from "./comment.ts";
import { type GithubApi as Api, GithubApi, GithubApiError, githubApi } from "./github-api.ts";
import { GithubStandIn } from "./testing/github-stand-in.ts";

describe("the comment of a pull request", () => {
  let github: GithubStandIn;
  let api: Api;

  beforeEach(async () => {
    github = new GithubStandIn();
    api = await github.listen();
  });
  afterEach(() => github.close());

  const bodies = (number = 7) => (github.comments.get(number) ?? []).map(({ body }) => body);

  it("is written once, and then brought up to date", async () => {
    expect(await keepComment(api, { number: 7, marker: "plan dev", parts: ["1 to add", "costs"] })).toBe("written");
    expect(await keepComment(api, { number: 7, marker: "plan dev", parts: ["no changes"] })).toBe("updated");
    expect(bodies()).toEqual([`${hiddenMark("plan dev")}\n\nno changes`]);
  });

  it("is one for each marker, which is no part of another", async () => {
    await keepComment(api, { number: 7, marker: "plan dev", parts: ["a"] });
    await keepComment(api, { number: 7, marker: "plan dev-2", parts: ["b"] });
    await keepComment(api, { number: 8, marker: "plan dev", parts: ["c"] });
    expect(bodies()).toHaveLength(2);
    expect(bodies(8)).toHaveLength(1);
  });

  it("is found behind a hundred others", async () => {
    for (let count = 0; count < 130; count += 1) github.addComment(7, `talk ${count}`);
    await keepComment(api, { number: 7, marker: "plan dev", parts: ["first"] });
    await keepComment(api, { number: 7, marker: "plan dev", parts: ["second"] });
    expect(bodies()).toHaveLength(131);
    expect(bodies().at(-1)).toContain("second");
  });

  it("is never a person's, whatever a person wrote", async () => {
    github.addComment(7, `${hiddenMark("plan dev")}\n\nmine`, "User");
    expect(await keepComment(api, { number: 7, marker: "plan dev", parts: ["plan"] })).toBe("written");
    expect(bodies()).toEqual([`${hiddenMark("plan dev")}\n\nmine`, `${hiddenMark("plan dev")}\n\nplan`]);
  });

  it("fits into what GitHub takes", async () => {
    const parts = ["plan\n".repeat(12_000), "costs\n".repeat(2_000)];
    await keepComment(api, { number: 7, marker: "plan dev", parts });
    expect(bodies()[0]?.length).toBeLessThanOrEqual(65_536);
    expect(bodies()[0]).toMatch(/There is no room for more here/);
    expect(bodies()[0]).not.toContain("costs");
  });

  it("says what GitHub answered", async () => {
    const stranger = new GithubApi({ url: "http://127.0.0.1:1", token: "x", repository: "a/b" });
    await expect(keepComment(stranger, { number: 1, marker: "m", parts: [] })).rejects.toThrow();
    await expect(api.call("PATCH", "issues/99", { body: "" })).rejects.toThrow(GithubApiError);
    await expect(api.call("PATCH", "issues/99", { body: "" })).rejects.toThrow(/404 to PATCH issues\/99/);
  });
});

describe("text within a limit", () => {
  it("is left alone when there is room", () => {
    expect(withinLimit(["mark", "one", "two"], 100)).toBe("mark\n\none\n\ntwo");
  });

  it("loses whole parts from its end", () => {
    const text = withinLimit(["mark", "one", "x".repeat(200)], 120);
    expect(text).toMatch(/^mark\n\none\n\n_There is no room/);
    expect(text.length).toBeLessThanOrEqual(120);
  });

  it("keeps whole lines of a first part that is too long by itself", () => {
    const text = withinLimit(["mark", "a line\n".repeat(100)], 150);
    expect(text).toMatch(/^mark\n\n(a line\n)+a line\n\n_There/);
    expect(text.length).toBeLessThanOrEqual(150);
  });
});

it("is told by its variables whom to ask, or that it is not told", () => {
  expect(() => githubApi({ GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "a/b" })).not.toThrow();
  expect(() => githubApi({ GITHUB_REPOSITORY: "a/b" })).toThrow(/GITHUB_TOKEN and GITHUB_REPOSITORY/);
});
