import { markdownText } from "../diff/format-lines.ts";
import { stackDiff, stackLines } from "../diff/stack-diff.ts";
import { addCounts, type Counts, countsText, type PlanJson } from "./changes.ts";
import { fence } from "./fence.ts";
import type { StackPlan } from "./plan-stacks.ts";

/** GitHub accepts 65,536 characters. The rest is for the other parts of the comment. */
const MAX_CHARACTERS = 60_000;
/** Destroyed resources that are listed by address. */
const MAX_DESTROYED = 100;

type Plans = ReadonlyMap<string, StackPlan>;
type Changed = readonly [stack: string, plan: Extract<StackPlan, { outcome: "changes" }>];

export interface PlanComment {
  readonly environment: string;
  readonly commit: string;
  readonly plans: Plans;
  /** Characters. */
  readonly limit?: number;
}

/**
 * Renders a plan as a pull request comment: the counts, a warning about destroyed resources, and folded details, as
 * many as the limit allows.
 */
export function planMarkdown({ environment, commit, plans, limit = MAX_CHARACTERS }: PlanComment): string {
  const changed = [...plans].flatMap(([name, plan]): Changed[] => (plan.outcome === "changes" ? [[name, plan]] : []));
  const parts = [
    `### Plan for \`${environment}\`: ${headline(plans, changed)}`,
    ...warning(changed),
    ...table(plans, changed),
    ...errors(plans),
  ];
  const end = (cut: readonly string[]) => {
    const note = cut.length > 0 ? `**The details of ${cut.map(code).join(", ")} exceed the size of a comment.** ` : "";
    return `${note}Planned from ${commit.slice(0, 7)}. Show the whole plan: \`npm run plan -- ${environment}\``;
  };
  const cut: string[] = [];
  let remaining = limit - [...parts, end(changed.map(([name]) => name)), ""].join("\n\n").length;
  for (const [name, { changes, json }] of changed) {
    const details = fold(`${name}: ${countsText(changes.counts)}`, fence(diffText(json), "diff"));
    if (details.length + 2 > remaining) cut.push(name);
    else {
      parts.push(details);
      remaining -= details.length + 2;
    }
  }
  return `${[...parts, end(cut)].join("\n\n")}\n`;
}

/** A code block of Markdown scrolls, so its lines may be long. */
const LINE_OPTIONS = { width: Number.POSITIVE_INFINITY, verbose: false };

function diffText(json: PlanJson): string {
  return markdownText(stackLines(stackDiff(json), "planned", LINE_OPTIONS));
}

function headline(plans: Plans, changed: readonly Changed[]): string {
  const outcomes = [...plans.values()].map(({ outcome }) => outcome);
  if (outcomes.includes("failed")) return "failed";
  const waiting = outcomes.filter((outcome) => outcome === "waiting").length;
  const counts =
    changed.length > 0 ? countsText(addCounts(changed.map(([, { changes }]) => changes.counts))) : "no changes";
  return waiting > 0 ? `${counts}, and ${waiting} ${waiting === 1 ? "stack" : "stacks"} in the next round` : counts;
}

function warning(changed: readonly Changed[]): string[] {
  const lines = changed.flatMap(([name, { changes }]) => [
    ...changes.deletions.map((address) => `- **destroys** ${code(address)} of ${code(name)}`),
    ...changes.replacements.map((address) => `- **replaces** ${code(address)} of ${code(name)}`),
  ]);
  if (lines.length === 0) return [];
  const more = lines.length > MAX_DESTROYED ? [`- and ${lines.length - MAX_DESTROYED} more`] : [];
  return [["> [!CAUTION]", ...[...lines.slice(0, MAX_DESTROYED), ...more].map((line) => `> ${line}`)].join("\n")];
}

function table(plans: Plans, changed: readonly Changed[]): string[] {
  const number = (count: number) => (count === 0 ? "" : String(count));
  const row = (name: string, { add, change, replace, destroy }: Counts) =>
    `| ${name} | ${[add, change, replace, destroy].map(number).join(" | ")} |`;
  const rows = changed.map(([name, { changes }]) => row(code(name), changes.counts));
  const head = "| stack | add | change | replace | destroy |\n| --- | --: | --: | --: | --: |";
  const waiting = [...plans].flatMap(([name, plan]) =>
    plan.outcome === "waiting" ? [`- ${code(name)} is planned after ${plan.for.map(code).join(", ")}`] : [],
  );
  const unchanged = [...plans].filter(([, { outcome }]) => outcome === "unchanged").map(([name]) => code(name));
  return [
    ...(rows.length > 0 ? [[head, ...rows].join("\n")] : []),
    ...(waiting.length > 0 ? [`In the next round, when the outputs that they read exist:\n${waiting.join("\n")}`] : []),
    ...(unchanged.length > 0 ? [`No changes: ${unchanged.join(", ")}`] : []),
  ];
}

/** The errors of Terraform are safe to publish: it does not print sensitive values. */
function errors(plans: Plans): string[] {
  return [...plans].flatMap(([name, plan]) => {
    if (plan.outcome === "failed") return [`${code(name)} failed:\n\n${fence(plan.error.slice(0, 2_000), "")}`];
    return plan.outcome === "skipped" ? [`${code(name)} was not planned, because ${code(plan.because)} failed.`] : [];
  });
}

function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
