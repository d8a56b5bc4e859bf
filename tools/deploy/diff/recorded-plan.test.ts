import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { openTerminal } from "../../command-line/terminal/terminal.ts";
import { driftOf } from "../drift/drift.ts";
import { driftDiff } from "../drift/drift-diff.ts";
import { parsePlan, plannedChanges } from "../plan/changes.ts";
import { planMarkdown } from "../plan/markdown.ts";
import { changesText } from "./changes-text.ts";
import type { Paint } from "./diff-line.ts";
import { stackFacts } from "./facts.ts";
import { stackDiff } from "./stack-diff.ts";

const FOLDER = join(import.meta.dirname, "testing/recorded-plan");
/** What `terraform show -json` printed; see the README there. */
const json = parsePlan(readFileSync(join(FOLDER, "plan.json"), "utf8"));
const diff = stackDiff(json);
const PLAIN: Paint = (_format, text) => text;

const text = (verbose = false, width = 80, paint = PLAIN) =>
  changesText([{ stack: "recorded", diff, tense: "planned" }], { width, verbose, paint });
const markdown = () => {
  const plan = { outcome: "changes", json, changes: plannedChanges(json), file: "" } as const;
  return planMarkdown({ environment: "dev", commit: "abcdef1234567890", plans: new Map([["recorded", plan]]) });
};
const facts = () => stackFacts(diff);
const resource = (address: string) => facts().resources.find((found) => found.address === address);

describe("the diff of a recorded plan", () => {
  it("is printed for a terminal of 80 columns", async () => {
    await expect(`${text()}\n`).toMatchFileSnapshot(join(FOLDER, "terminal.txt"));
  });

  it("is printed as Markdown for a pull request", async () => {
    await expect(markdown()).toMatchFileSnapshot(join(FOLDER, "comment.md.txt"));
  });

  it("prints destroyed and replaced resources first", () => {
    const titles = [...text().matchAll(/^ {2}# (\S+) (will be destroyed|must be replaced|will be \w+)/gm)];
    const verbs = titles.map(([, , verb]) => verb);
    expect(verbs.slice(0, 5)).toEqual(["will be destroyed", ...Array(4).fill("must be replaced")]);
    expect(verbs.slice(5)).not.toContain("must be replaced");
  });

  it("prints the totals last, below the destroyed and replaced resources of all stacks", () => {
    const lines = text().split("\n");
    expect(lines.at(-1)).toBe(
      "Plan: 2 to add, 10 to change, 4 to replace, 1 to destroy, 1 to import, 2 to move, " +
        "1 to remove from the state only in 1 stack.",
    );
    expect(lines.at(-7)).toBe("  - destroys  recorded  aws_sqs_queue.Deleted");
    expect(lines.at(-4)).toBe("-/+ replaces  recorded  aws_sqs_queue.Renamed");
  });

  it("shows only the changed part of a policy", () => {
    const policy = /jsonencode\([\s\S]*?\n {8}\)/.exec(text().slice(text().indexOf("aws_iam_role_policy.Policy")))?.[0];
    expect(policy).toContain('+ "s3:GetObjectVersion"');
    expect(policy).toContain("# (2 unchanged elements hidden)");
    expect(policy).not.toContain("s3:ListBucket");
    expect(policy).not.toContain("s3:DeleteObject");
  });

  it("shows unchanged attributes and long values in full when it is verbose", () => {
    expect(text(true)).not.toContain("hidden)");
    expect(text(true)).toContain("s3:ListBucket");
    expect(text(true)).toContain(`${"x".repeat(200)}one${"y".repeat(200)}`);
    expect(text()).not.toContain("x".repeat(100));
  });

  it("fits into 80 columns, except for addresses, comments and the totals", () => {
    const tooLong = text()
      .split("\n")
      .filter(
        (line) =>
          line.replace("  # forces replacement", "").length > 80 &&
          !/^ {2}# |^(-\/\+|\+\/-| {2}[-+~]|Plan:) /.test(line),
      );
    expect(tooLong).toEqual([]);
  });

  it("has the same text in color", () => {
    const colored = text(false, 80, openTerminal({ write: () => true, isTTY: true }, {}).style);
    expect(colored).not.toBe(text());
    expect(stripVTControlCharacters(colored)).toBe(text());
  });

  it("has the same facts as JSON", () => {
    expect(facts().resources).toHaveLength(21);
    expect(resource("aws_cloudwatch_log_group.CreatedFirst")).toMatchObject({
      action: "replace",
      createBeforeDestroy: true,
      attributes: expect.arrayContaining([
        { path: "name", before: "diff-created-first-1", after: "diff-created-first-2", forcesReplacement: true },
        { path: "id", before: "diff-created-first-1", unknown: true },
      ]),
    });
    expect(resource("aws_secretsmanager_secret_version.Version")?.attributes).toContainEqual({
      path: "secret_string",
      sensitive: true,
      forcesReplacement: true,
    });
    expect(resource("aws_iam_role_policy.Policy")?.attributes[0]).toEqual({
      path: "policy.Statement[0].Action[2]",
      after: "s3:GetObjectVersion",
    });
    expect(resource("aws_sqs_queue.NewAddress")).toMatchObject({
      action: "move",
      previousAddress: "aws_sqs_queue.OldAddress",
      attributes: [],
    });
    expect(resource("aws_sqs_queue.Imported")).toMatchObject({
      action: "import",
      importId: expect.stringContaining("diff-imported"),
    });
    expect(resource("terraform_data.Tainted")).toMatchObject({ reason: "replace_because_tainted" });
    expect(facts().outputs).toEqual([
      { path: "changed", before: "one", after: "two" },
      { path: "removed", before: "gone" },
      { path: "secret", sensitive: true },
      { path: "unknown", after: "arn:aws:sqs:us-east-1:000000000000:diff-created" },
    ]);
  });

  it("never contains a sensitive value, not even where the provider has lost its mark", () => {
    const drift = driftOf(json, () => "set");
    const driftTexts = [true, false].map((verbose) =>
      driftDiff(new Map([["recorded", drift]]), { width: 80, verbose, paint: PLAIN }),
    );
    const printed = [text(), text(true), markdown(), JSON.stringify(facts()), JSON.stringify(diff), ...driftTexts];
    for (const output of printed) expect(output).not.toMatch(/canary-(before|after)/);
    expect(JSON.stringify(json)).toMatch(/canary-before.*canary-after/);
  });
});
