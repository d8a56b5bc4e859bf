import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDriftReport, type StackReport, syncDriftIssues } from "./drift-issues.ts";
import type { GithubApi } from "./github-api.ts";
import { FakeGithub } from "./testing/fake-github.ts";

const reports = (stacks: Record<string, StackReport["status"]>) =>
  new Map(Object.entries(stacks).map(([name, status]) => [name, { status, text: `${name} is ${status}` }]));

describe("issues about drift", () => {
  let github: FakeGithub;
  let api: GithubApi;

  beforeEach(async () => {
    github = new FakeGithub();
    api = await github.listen();
  });
  afterEach(() => github.close());

  const open = () => github.issues.filter(({ state }) => state === "open").map(({ title }) => title);

  it("are opened for each drifted stack", async () => {
    await syncDriftIssues(api, "dev", reports({ vpc: "drifted", hello: "drifted", images: "clean" }));
    expect(open()).toEqual(["dev: vpc drifted", "dev: hello drifted"]);
    expect(github.issues[0]?.body).toContain("vpc is drifted");
    expect(github.issues[0]?.labels).toEqual(["drift"]);
  });

  it("are updated, not opened again, while the drift lasts", async () => {
    await syncDriftIssues(api, "dev", reports({ vpc: "drifted" }));
    expect(await syncDriftIssues(api, "dev", reports({ vpc: "drifted" }))).toEqual([
      "dev: vpc drifted: issue 1 is up to date",
    ]);
    await syncDriftIssues(api, "dev", new Map([["vpc", { status: "drifted", text: "another attribute" }]]));
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]?.body).toContain("another attribute");
  });

  it.each(["clean", "absent"] as const)("are closed with a comment when the stack is %s", async (status) => {
    await syncDriftIssues(api, "dev", reports({ vpc: "drifted", hello: "drifted" }));
    await syncDriftIssues(api, "dev", reports({ vpc: status, hello: "drifted" }));
    expect(open()).toEqual(["dev: hello drifted"]);
    expect(github.comments.get(1)?.[0]?.body).toBe(`vpc is ${status}`);
  });

  it("remain unchanged when a stack could not be compared", async () => {
    await syncDriftIssues(api, "dev", reports({ vpc: "drifted" }));
    expect(await syncDriftIssues(api, "dev", reports({ vpc: "failed", hello: "failed" }))).toEqual([]);
    expect(open()).toEqual(["dev: vpc drifted"]);
  });

  it("of another environment remain unchanged", async () => {
    await syncDriftIssues(api, "prod", reports({ vpc: "drifted" }));
    await syncDriftIssues(api, "dev", reports({ vpc: "clean" }));
    expect(open()).toEqual(["prod: vpc drifted"]);
  });

  it("of users remain unchanged", async () => {
    const issue = github.addIssue("by a user", "<!-- nv-demo: drift dev vpc -->", ["drift"], "User");
    await syncDriftIssues(api, "dev", reports({ vpc: "clean" }));
    expect(issue.state).toBe("open");
  });
});

describe("the drift report", () => {
  it("is read from the last line of the output", () => {
    const output = '{"type":"stack"}\n{"type":"result","stacks":{"vpc":{"status":"clean","text":"t"}}}\n';
    expect([...readDriftReport(output)]).toEqual([["vpc", { status: "clean", text: "t" }]]);
  });

  it.each(["", "no JSON", '{"type":"stack"}', "null"])("is rejected if the output is %j", (output) => {
    expect(() => readDriftReport(output)).toThrow(/npm run drift -- --json/);
  });
});
