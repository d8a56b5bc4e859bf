import { addCounts, appliedText, type Counts, countsText, NO_COUNTS } from "../plan/changes.ts";
import type { LineOptions, Paint } from "./diff-line.ts";
import { terminalText } from "./format-lines.ts";
import type { Kind, ResourceDiff } from "./resource-diff.ts";
import { type StackDiff, stackLines } from "./stack-diff.ts";
import type { Tense } from "./titles.ts";

/** The changes of one stack, as they are printed. */
export interface StackChanges {
  readonly stack: string;
  readonly diff: StackDiff;
  /** `failed`: the apply ended early, so that only a part of it may be true. */
  readonly tense: Tense | "failed";
}

export interface ChangesTextOptions extends LineOptions {
  readonly paint: Paint;
}

/**
 * What a command plans or has applied, for people: the diff of each stack, then the destroyed and replaced resources of
 * all stacks again, and the totals last, where they stay on the screen.
 */
export function changesText(stacks: readonly StackChanges[], options: ChangesTextOptions): string {
  if (stacks.length === 0) return "";
  return [...stacks.map((changes) => stackText(changes, options)), totalsText(stacks, options.paint)].join("\n\n");
}

function stackText({ stack, diff, tense }: StackChanges, options: ChangesTextOptions): string {
  const { paint } = options;
  const failed = tense === "failed" ? paint("red", " failed: a part of this may not have been applied") : "";
  const lines = stackLines(diff, tense === "applied" ? "applied" : "planned", options);
  return `${paint(["bold", "underline"], stack)}${failed}\n\n${terminalText(lines, paint)}`;
}

function totalsText(stacks: readonly StackChanges[], paint: Paint): string {
  const planned = stacks.filter(({ tense }) => tense === "planned");
  const applied = stacks.filter(({ tense }) => tense === "applied");
  const failed = stacks.filter(({ tense }) => tense === "failed");
  const total = (label: string, some: readonly StackChanges[], isPlanned: boolean) => {
    const counts = () => totalOf(some, isPlanned ? countsText : appliedText, isPlanned);
    return some.length > 0 ? [`${paint("bold", `${label}:`)} ${counts()} in ${numberOf(some, "stack")}.`] : [];
  };
  return [
    ...destroyedLines(stacks, paint),
    ...total("Plan", planned, true),
    ...total("Applied", applied, false),
    ...total("Planned in stacks that failed", failed, true),
  ].join("\n");
}

function totalOf(stacks: readonly StackChanges[], text: (counts: Counts) => string, isPlanned: boolean): string {
  const resources = stacks.flatMap(({ diff }) => diff.resources);
  const number = (isCounted: (resource: ResourceDiff) => boolean) => resources.filter(isCounted).length;
  const others = [
    [number(({ importId }) => importId !== undefined), "to import", "imported"],
    [number(({ previousAddress }) => previousAddress !== undefined), "to move", "moved"],
    [number(({ kind }) => kind === "forget"), "to remove from the state only", "removed from the state only"],
  ] as const;
  const otherTexts = others.flatMap(([count, planned, applied]) =>
    count > 0 ? [`${count} ${isPlanned ? planned : applied}`] : [],
  );
  const counts = countsOf(resources);
  const isNone = Object.values(counts).every((count) => count === 0);
  return isNone && otherTexts.length > 0 ? otherTexts.join(", ") : [text(counts), ...otherTexts].join(", ");
}

const COUNTED: Readonly<Partial<Record<Kind, keyof Counts>>> = {
  create: "add",
  update: "change",
  replace: "replace",
  delete: "destroy",
};

function countsOf(resources: readonly ResourceDiff[]): Counts {
  return addCounts(
    resources.map(({ kind }) => {
      const counted = COUNTED[kind];
      return counted ? { ...NO_COUNTS, [counted]: 1 } : NO_COUNTS;
    }),
  );
}

/** A table of what is destroyed, because a long diff has scrolled away. */
function destroyedLines(stacks: readonly StackChanges[], paint: Paint): string[] {
  const width = Math.max(...stacks.map(({ stack }) => stack.length));
  const lines = (kind: Kind, symbol: string, verbs: Readonly<Record<StackChanges["tense"], string>>) =>
    stacks.flatMap(({ stack, diff, tense }) =>
      diff.resources
        .filter((resource) => resource.kind === kind)
        .map(({ address }) => `${paint("red", `${symbol} ${verbs[tense]}`)}  ${stack.padEnd(width)}  ${address}`),
    );
  const all = [
    ...lines("delete", "  -", { planned: "destroys", applied: "destroyed", failed: "destroys" }),
    ...lines("replace", "-/+", { planned: "replaces", applied: "replaced ", failed: "replaces" }),
  ];
  return all.length > 0 ? [...all, ""] : [];
}

function numberOf({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? "" : "s"}`;
}
