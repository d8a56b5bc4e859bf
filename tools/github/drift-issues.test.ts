import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDriftReport, type StackReport, settleDriftIssues } from "./drift-issues.ts";
import type { GithubApi } from "./github-api.ts";
import { GithubStandIn } from "./testing/github-stand-in.ts";

const reports = (stacks: Record<string, StackReport["status"]>) =>
  new Map(Object.entries(stacks).map(([name, status]) => [name, { status, text: `${name} is ${status}` }]));

describe("the issues about drift", () => {
  let github: GithubStandIn;
  let api: GithubApi;

  beforeEach(async () => {
    github = new GithubStandIn();
    api = await github.listen();
  });
  afterEach(() => github.close());

  const open = () => github.issues.filter(({ state }) => state === "open").map(({ title }) => title);

  it("are one for each stack that drifted", async () => {
    await settleDriftIssues(api, "dev", reports({ vpc: "drifted", hello: "drifted", images: "clean" }));
    expect(open()).toEqual(["dev: vpc drifted", "dev: hello drifted"]);
    expect(github.issues[0]?.body).toContain("vpc is drifted");
    expect(github.issues[0]?.labels).toEqual(["drift"]);
  });

  it("are not opened again while the drift lasts, and say what it is by now", async () => {
    await settleDriftIssues(api, "dev", reports({ vpc: "drifted" }));
    expect(await settleDriftIssues(api, "dev", reports({ vpc: "drifted" }))).toEqual([
      "dev: vpc drifted: issue 1 says so already",
    ]);
    await settleDriftIssues(api, "dev", new Map([["vpc", { status: "drifted", text: "more of it" }]]));
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]?.body).toContain("more of it");
  });

  it.each(["clean", "absent"] as const)("are closed with a word when the stack is %s", async (status) => {
    await settleDriftIssues(api, "dev", reports({ vpc: "drifted", hello: "drifted" }));
    await settleDriftIssues(api, "dev", reports({ vpc: status, hello: "drifted" }));
    expect(open()).toEqual(["dev: hello drifted"]);
    expect(github.comments.get(1)?.[0]?.body).toBe(`vpc is ${status}`);
  });

  it("stay as they are when a stack could not be compared", async () => {
    await settleDriftIssues(api, "dev", reports({ vpc: "drifted" }));
    expect(await settleDriftIssues(api, "dev", reports({ vpc: "failed", hello: "failed" }))).toEqual([]);
    expect(open()).toEqual(["dev: vpc drifted"]);
  });

  it("are of their own environment", async () => {
    await settleDriftIssues(api, "prod", reports({ vpc: "drifted" }));
    await settleDriftIssues(api, "dev", reports({ vpc: "clean" }));
    expect(open()).toEqual(["prod: vpc drifted"]);
  });

  it("are never a person's", async () => {
    const issue = github.addIssue("mine", "<!-- nv-demo: drift dev vpc -->", ["drift"], "User");
    await settleDriftIssues(api, "dev", reports({ vpc: "clean" }));
    expect(issue.state).toBe("open");
  });
});

describe("the report", () => {
  it("is the last line that the command printed", () => {
    const output = '{"type":"stack"}\n{"type":"result","stacks":{"vpc":{"status":"clean","text":"t"}}}\n';
    expect([...readDriftReport(output)]).toEqual([["vpc", { status: "clean", text: "t" }]]);
  });

  it.each(["", "no JSON", '{"type":"stack"}', "null"])("is missed in %j", (output) => {
    expect(() => readDriftReport(output)).toThrow(/npm run drift -- --json/);
  });
});
