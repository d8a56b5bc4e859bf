import { describe, expect, it } from "vitest";
import type { Counts } from "./changes.ts";
import { planMarkdown } from "./markdown.ts";
import type { StackPlan } from "./plan-stacks.ts";

const COMMIT = "abcdef1234567890";
const NONE: Counts = { add: 0, change: 0, replace: 0, destroy: 0 };

interface Named {
  readonly deletions?: string[];
  readonly replacements?: string[];
}

/** Changes with these counts. @param value of the one argument that is shown. */
function changes(counts: Partial<Counts>, value: string, { deletions = [], replacements = [] }: Named = {}) {
  const resource = (address: string, actions: ("create" | "delete")[]) => {
    const [type, name] = address.split(".");
    const [before, after] = [{ value: null }, { value }];
    return {
      address,
      mode: "managed" as const,
      type: type ?? "",
      name: name ?? "",
      change: { actions, before, after },
    };
  };
  const json = {
    resource_changes: [
      ...replacements.map((address) => resource(address, ["delete", "create"])),
      ...(deletions.length === 0 && replacements.length === 0 ? [resource("aws_vpc.Main", ["create"])] : []),
      ...deletions.map((address) => resource(address, ["delete"])),
    ],
  };
  const changes = { counts: { ...NONE, ...counts }, deletions, replacements, outputs: [] };
  return { outcome: "changes", json, changes, file: "" } as const;
}

const markdown = (plans: Record<string, StackPlan>, limit?: number) =>
  planMarkdown({ environment: "dev", commit: COMMIT, plans: new Map(Object.entries(plans)), ...(limit && { limit }) });

/** A text of many lines, each of which is shown. */
const lines = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`).join("\n");

describe("planMarkdown", () => {
  it("renders the counts, then a warning about destroyed resources, then every stack", () => {
    const text = markdown({
      vpc: changes({ add: 2, replace: 1 }, "a", { replacements: ["aws_eip.Nat"] }),
      postgres: changes({ destroy: 1 }, "b", { deletions: ["aws_db_instance.Instance"] }),
      frontend: { outcome: "waiting", for: ["vpc"] },
      secrets: { outcome: "unchanged" },
    });
    expect(text.split("\n")[0]).toBe(
      "### Plan for `dev`: 2 to add, 1 to replace, 1 to destroy, and 1 stack in the next round",
    );
    expect(text).toContain("> [!CAUTION]\n> - **replaces** `aws_eip.Nat` of `vpc`\n");
    expect(text).toContain("> - **destroys** `aws_db_instance.Instance` of `postgres`");
    expect(text).toContain("| `vpc` | 2 |  | 1 |  |");
    expect(text).toContain("- `frontend` is planned after `vpc`");
    expect(text).toContain("No changes: `secrets`");
    expect(text).toContain(
      "<summary>postgres: 1 to destroy</summary>\n\n```diff\n" +
        "  # aws_db_instance.Instance will be destroyed\n" +
        '- resource "aws_db_instance" "Instance" {\n',
    );
    expect(text).toContain("Planned from abcdef1.");
    expect(text.indexOf("CAUTION")).toBeLessThan(text.indexOf("| stack |"));
  });

  it("is short when nothing changes", () => {
    expect(markdown({ vpc: { outcome: "unchanged" } })).toBe(
      "### Plan for `dev`: no changes\n\nNo changes: `vpc`\n\nPlanned from abcdef1. Show the whole plan: `npm run plan -- dev`\n",
    );
  });

  it("renders the error of a failed plan, and the stacks that were skipped", () => {
    const text = markdown({
      vpc: { outcome: "failed", error: "access denied" },
      postgres: { outcome: "skipped", because: "vpc" },
    });
    expect(text).toContain("### Plan for `dev`: failed");
    expect(text).toContain("`vpc` failed:\n\n```\naccess denied\n```");
    expect(text).toContain("`postgres` was not planned, because `vpc` failed.");
  });

  it("stays below the limit: it omits details, and names the stacks", () => {
    const plans = {
      vpc: changes({ add: 1 }, lines("x", 300)),
      postgres: changes({ destroy: 1 }, lines("y", 5), { deletions: ["aws_db_instance.Instance"] }),
      sum: changes({ add: 1 }, lines("z", 300)),
    };
    const text = markdown(plans, 1_200);
    expect(text.length).toBeLessThanOrEqual(1_200);
    expect(text).toContain("**The details of `vpc`, `sum` exceed the size of a comment.**");
    expect(text).toContain("y 5");
    expect(text).not.toContain("x 5");
    expect(text).toContain("`aws_db_instance.Instance`");
    expect(text).toContain("| `sum` | 1 |");
  });

  it("stays below GitHub's limit when thousands of resources are destroyed", () => {
    const deletions = Array.from({ length: 5_000 }, (_, index) => `aws_s3_object.Object_with_a_long_name_${index}`);
    const text = markdown({ sum: changes({ destroy: 5_000 }, "value", { deletions }) });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("- and 4900 more");
    expect(text).toContain("5000 to destroy");
  });

  it("keeps the text of a plan in its code block", () => {
    const text = markdown({ vpc: changes({ add: 1 }, "a ``` b ```` c") });
    expect(text).toMatch(/^`````diff$/m);
    expect(text).toContain("a ``` b ```` c");
  });
});
