import type { PlanJson } from "../plan/changes.ts";
import { compare, type Difference } from "./compare.ts";
import type { DiffLine, LineOptions } from "./diff-line.ts";
import { attributeLines } from "./diff-lines.ts";
import { type IsSecret, knownSecrets } from "./known-secrets.ts";
import { KINDS, type ResourceDiff, resourceDiff } from "./resource-diff.ts";
import { type Tense, titleLines } from "./titles.ts";
import { ABSENT, planValue, type Value } from "./value.ts";

/** What a plan changes in one stack. */
export interface StackDiff {
  /** Destroyed and replaced ones first. */
  readonly resources: readonly ResourceDiff[];
  /** A map; undefined when no output changes. */
  readonly outputs: Difference | undefined;
}

export function stackDiff(plan: PlanJson): StackDiff {
  const { resource_changes = [], output_changes = {} } = plan;
  const isSecret = knownSecrets(plan);
  const resources = resource_changes.flatMap((resource) => resourceDiff(resource, isSecret) ?? []);
  return {
    resources: KINDS.flatMap((kind) => resources.filter((resource) => resource.kind === kind)),
    outputs: outputsDifference(output_changes, isSecret),
  };
}

type OutputChanges = NonNullable<PlanJson["output_changes"]>;

function outputsDifference(changes: OutputChanges, isSecret: IsSecret): Difference | undefined {
  const before = new Map<string, Value>();
  const after = new Map<string, Value>();
  for (const [name, change] of Object.entries(changes).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (change.actions.includes("no-op")) continue;
    before.set(name, planValue(change.before, { sensitive: change.before_sensitive }, isSecret));
    const isDeleted = change.actions.includes("delete") && !change.actions.includes("create");
    const marks = { sensitive: change.after_sensitive, unknown: change.after_unknown };
    after.set(name, isDeleted ? ABSENT : planValue(change.after, marks, isSecret));
  }
  if (before.size === 0) return undefined;
  return compare({ kind: "map", entries: before }, { kind: "map", entries: after });
}

/** The lines of a stack: each resource with its title, then the outputs. */
export function stackLines({ resources, outputs }: StackDiff, tense: Tense, options: LineOptions): DiffLine[] {
  const parts = resources.map((resource) => resourceLines(resource, tense, options));
  if (outputs) {
    const title: DiffLine = { mark: "", depth: 0, text: "Outputs:", tone: "title" };
    parts.push([title, ...attributeLines(outputs, 0, options)]);
  }
  return parts.flatMap((lines, index) => (index === 0 ? lines : [EMPTY, ...lines]));
}

const EMPTY: DiffLine = { mark: "", depth: 0, text: "" };

function resourceLines(resource: ResourceDiff, tense: Tense, options: LineOptions): DiffLine[] {
  const [title, ...notes] = titleLines(resource, tense);
  const isDestroyed = resource.kind === "delete" || resource.kind === "replace";
  const lines: DiffLine[] = [
    { mark: "", depth: 0, text: `# ${title}`, tone: isDestroyed ? "danger" : "title" },
    ...notes.map((note): DiffLine => ({ mark: "", depth: 0, text: `# ${note}`, tone: "note" })),
  ];
  const isUnchanged = resource.difference.action === "same" || resource.kind === "forget";
  if (isUnchanged && !options.verbose) return lines;
  return [...lines, ...labelledBlock(resource.mark, resource.label, resource.difference, options)];
}

/** `~ resource "aws_sqs_queue" "Events" { … }` */
export function labelledBlock(
  mark: DiffLine["mark"],
  label: string,
  difference: Difference,
  options: LineOptions,
): DiffLine[] {
  return [
    { mark, depth: 0, text: `${label} {` },
    ...attributeLines(difference, 1, options),
    { mark: "", depth: 0, text: "}" },
  ];
}
