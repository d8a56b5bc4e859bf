import { expect, it } from "vitest";
import type { StackResult } from "./deploy-changes.ts";
import { type WatchRun, watchReport } from "./watch-report.ts";

const report = (results: Readonly<Record<string, StackResult>>, run: Partial<WatchRun> = {}) =>
  watchReport({
    paths: ["services/api/app.ts"],
    services: [],
    waiting: [],
    removed: [],
    output: "cdktf.out",
    milliseconds: 1_840,
    ...run,
    results: new Map(Object.entries(results)),
  });

const done = (summary: string): StackResult => ({ outcome: "done", summary });

it("is one line when everything is live", () => {
  expect(report({ frontend: done("1 changed") }, { services: ["api"] })).toBe(
    "api: bundled and live in 1.8 s (frontend: 1 changed)",
  );
  expect(report({ vpc: done("2 added"), sum: done("1 changed") })).toBe("vpc: 2 added; sum: 1 changed, live in 1.8 s");
  const results = { frontend: done("2 changed"), slo: done("no changes") };
  expect(report(results, { services: ["api", "ui", "users"] })).toBe(
    "api, ui and users: bundled and live in 1.8 s (frontend: 2 changed)",
  );
});

it("reminds of what was not applied before", () => {
  expect(report({ hello: done("1 changed") }, { services: ["hello"], waiting: ["shout"] })).toBe(
    "hello: bundled and live in 1.8 s (hello: 1 changed)\n" +
      "shout: still not applied. Apply it with npm run deploy -- local shout",
  );
});

it("says that a file changes nothing", () => {
  expect(report({})).toBe("services/api/app.ts: nothing to deploy");
  expect(report({ vpc: done("no changes") }, { paths: ["main.ts", "stacks/a.ts", "stacks/b.ts"] })).toBe(
    "main.ts and 2 more: nothing to deploy",
  );
});

it("shows errors, what was skipped because of them, and that the last state keeps running", () => {
  const results: Record<string, StackResult> = {
    vpc: { outcome: "failed", errors: "aws_vpc.Main: invalid" },
    sum: { outcome: "skipped", because: "vpc" },
  };
  expect(report(results).split("\n")).toEqual([
    "vpc:",
    "aws_vpc.Main: invalid",
    "sum: skipped, because vpc was not applied",
    "Stacks that failed stay as they were deployed before. The next save tries again.",
  ]);
});

it("names the command that applies what would destroy something, and that destroys a removed stack", () => {
  expect(report({ shout: { outcome: "declined" } }, { removed: ["bastion"] }).split("\n")).toEqual([
    "shout: not applied. Apply it with npm run deploy -- local shout",
    "bastion: no longer a stack of the application, and still deployed. Destroy it with",
    "  npm run local -- terraform -chdir=cdktf.out/stacks/bastion destroy",
  ]);
});

it("is empty when the user has changed a file in place of an answer", () => {
  expect(report({ shout: { outcome: "postponed" } })).toBe("");
});
