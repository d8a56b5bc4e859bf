import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hiddenMark, upsertComment, withinLimit } from "./comment.ts";
import { type GithubApi as Api, GithubApi, GithubApiError, githubApi } from "./github-api.ts";
import { FakeGithub } from "./testing/fake-github.ts";

describe("the comment on a pull request", () => {
  let github: FakeGithub;
  let api: Api;

  beforeEach(async () => {
    github = new FakeGithub();
    api = await github.listen();
  });
  afterEach(() => github.close());

  const bodies = (number = 7) => (github.comments.get(number) ?? []).map(({ body }) => body);

  it("is created once and then updated", async () => {
    expect(await upsertComment(api, { number: 7, marker: "plan dev", parts: ["1 to add", "costs"] })).toBe("created");
    expect(await upsertComment(api, { number: 7, marker: "plan dev", parts: ["no changes"] })).toBe("updated");
    expect(bodies()).toEqual([`${hiddenMark("plan dev")}\n\nno changes`]);
  });

  it("exists once per marker, even if one marker is a prefix of another", async () => {
    await upsertComment(api, { number: 7, marker: "plan dev", parts: ["a"] });
    await upsertComment(api, { number: 7, marker: "plan dev-2", parts: ["b"] });
    await upsertComment(api, { number: 8, marker: "plan dev", parts: ["c"] });
    expect(bodies()).toHaveLength(2);
    expect(bodies(8)).toHaveLength(1);
  });

  it("is found on the second page of comments", async () => {
    for (let count = 0; count < 130; count += 1) github.addComment(7, `comment ${count}`);
    await upsertComment(api, { number: 7, marker: "plan dev", parts: ["first"] });
    await upsertComment(api, { number: 7, marker: "plan dev", parts: ["second"] });
    expect(bodies()).toHaveLength(131);
    expect(bodies().at(-1)).toContain("second");
  });

  it("never replaces the comment of a user, even with the same marker", async () => {
    github.addComment(7, `${hiddenMark("plan dev")}\n\nwritten by a user`, "User");
    expect(await upsertComment(api, { number: 7, marker: "plan dev", parts: ["plan"] })).toBe("created");
    expect(bodies()).toEqual([`${hiddenMark("plan dev")}\n\nwritten by a user`, `${hiddenMark("plan dev")}\n\nplan`]);
  });

  it("is truncated to the limit of GitHub", async () => {
    const parts = ["plan\n".repeat(12_000), "costs\n".repeat(2_000)];
    await upsertComment(api, { number: 7, marker: "plan dev", parts });
    expect(bodies()[0]?.length).toBeLessThanOrEqual(65_536);
    expect(bodies()[0]).toMatch(/Truncated/);
    expect(bodies()[0]).not.toContain("costs");
  });

  it("fails with the status and the request if GitHub returns an error", async () => {
    const unreachable = new GithubApi({ url: "http://127.0.0.1:1", token: "x", repository: "a/b" });
    await expect(upsertComment(unreachable, { number: 1, marker: "m", parts: [] })).rejects.toThrow();
    await expect(api.call("PATCH", "issues/99", { body: "" })).rejects.toThrow(GithubApiError);
    await expect(api.call("PATCH", "issues/99", { body: "" })).rejects.toThrow(/404 for PATCH issues\/99/);
  });
});

describe("text within a limit", () => {
  it("is unchanged if it fits", () => {
    expect(withinLimit(["mark", "one", "two"], 100)).toBe("mark\n\none\n\ntwo");
  });

  it("omits whole parts from the end", () => {
    const text = withinLimit(["mark", "one", "x".repeat(200)], 120);
    expect(text).toMatch(/^mark\n\none\n\n_Truncated/);
    expect(text.length).toBeLessThanOrEqual(120);
  });

  it("keeps complete lines of a first part that is too long", () => {
    const text = withinLimit(["mark", "a line\n".repeat(100)], 150);
    expect(text).toMatch(/^mark\n\n(a line\n)+a line\n\n_Truncated/);
    expect(text.length).toBeLessThanOrEqual(150);
  });
});

it("requires GITHUB_TOKEN and GITHUB_REPOSITORY", () => {
  expect(() => githubApi({ GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "a/b" })).not.toThrow();
  expect(() => githubApi({ GITHUB_REPOSITORY: "a/b" })).toThrow(/GITHUB_TOKEN and GITHUB_REPOSITORY/);
});
