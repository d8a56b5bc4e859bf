import { describe, expect, it } from "vitest";
import type { Counts } from "./changes.ts";
import { planMarkdown } from "./markdown.ts";
import type { StackPlan } from "./plan-stacks.ts";

const COMMIT = "abcdef1234567890";
const NONE: Counts = { add: 0, change: 0, replace: 0, destroy: 0 };

function changes(counts: Partial<Counts>, text: string, named: { deletions?: string[]; replacements?: string[] } = {}) {
  const { deletions = [], replacements = [] } = named;
  const changes = { counts: { ...NONE, ...counts }, deletions, replacements, outputs: [] };
  return { outcome: "changes", json: {}, changes, file: "", text } as const;
}

const markdown = (plans: Record<string, StackPlan>, limit?: number) =>
  planMarkdown({ environment: "dev", commit: COMMIT, plans: new Map(Object.entries(plans)), ...(limit && { limit }) });

describe("planMarkdown", () => {
  it("renders the counts, then a warning about destroyed resources, then every stack", () => {
    const text = markdown({
      vpc: changes({ add: 2, replace: 1 }, "  + resource", { replacements: ["aws_eip.Nat"] }),
      postgres: changes({ destroy: 1 }, "  - resource", { deletions: ["aws_db_instance.Instance"] }),
      frontend: { outcome: "waiting", for: ["vpc"] },
      secrets: { outcome: "unchanged", json: {} },
    });
    expect(text.split("\n")[0]).toBe(
      "### Plan for `dev`: 2 to add, 1 to replace, 1 to destroy, and 1 stack in the next round",
    );
    expect(text).toContain("> [!CAUTION]\n> - **replaces** `aws_eip.Nat` of `vpc`\n");
    expect(text).toContain("> - **destroys** `aws_db_instance.Instance` of `postgres`");
    expect(text).toContain("| `vpc` | 2 |  | 1 |  |");
    expect(text).toContain("- `frontend` is planned after `vpc`");
    expect(text).toContain("No changes: `secrets`");
    expect(text).toContain("<summary>postgres: 1 to destroy</summary>\n\n```diff\n-   resource\n```");
    expect(text).toContain("Planned from abcdef1.");
    expect(text.indexOf("CAUTION")).toBeLessThan(text.indexOf("| stack |"));
  });

  it("is short when nothing changes", () => {
    expect(markdown({ vpc: { outcome: "unchanged", json: {} } })).toBe(
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
      vpc: changes({ add: 1 }, "x".repeat(3_000)),
      postgres: changes({ destroy: 1 }, "y".repeat(300), { deletions: ["aws_db_instance.Instance"] }),
      sum: changes({ add: 1 }, "z".repeat(3_000)),
    };
    const text = markdown(plans, 1_200);
    expect(text.length).toBeLessThanOrEqual(1_200);
    expect(text).toContain("**The details of `vpc`, `sum` exceed the size of a comment.**");
    expect(text).toContain("y".repeat(300));
    expect(text).toContain("`aws_db_instance.Instance`");
    expect(text).toContain("| `sum` | 1 |");
  });

  it("stays below GitHub's limit when thousands of resources are destroyed", () => {
    const deletions = Array.from({ length: 5_000 }, (_, index) => `aws_s3_object.Object_with_a_long_name_${index}`);
    const text = markdown({ sum: changes({ destroy: 5_000 }, "-".repeat(100_000), { deletions }) });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("- and 4900 more");
    expect(text).toContain("5000 to destroy");
  });

  it("keeps the text of a plan in its code block", () => {
    const text = markdown({ vpc: changes({ add: 1 }, "a ``` b ```` c") });
    expect(text).toContain("`````diff\n a ``` b ```` c\n`````");
  });
});
