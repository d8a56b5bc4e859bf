import * as v from "valibot";

const change = v.object({
  address: v.string(),
  mode: v.picklist(["managed", "data"]),
  change: v.object({
    actions: v.array(v.picklist(["no-op", "create", "read", "update", "delete", "forget"])),
    before: v.optional(v.unknown()),
    after: v.optional(v.unknown()),
  }),
});

/**
 * The part of Terraform's plan that is read here:
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const plan = v.object({
  resource_changes: v.exactOptional(v.array(change)),
  resource_drift: v.exactOptional(v.array(change)),
  output_changes: v.exactOptional(v.record(v.string(), v.object({ actions: v.array(v.string()) }))),
});

export type PlanJson = v.InferOutput<typeof plan>;
export type ResourceChange = v.InferOutput<typeof change>;

/** Parses the output of `terraform show -json <plan>`. */
export function parsePlan(text: string): PlanJson {
  return v.parse(v.pipe(v.string(), v.parseJson(), plan), text);
}

/** Numbers of resources. A replaced one counts once, as replaced. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/** The changes that a plan would make. */
export interface PlannedChanges {
  readonly counts: Counts;
  /** Addresses of resources that are destroyed and not created again. */
  readonly deletions: readonly string[];
  /** Addresses of resources that are destroyed and created again. */
  readonly replacements: readonly string[];
  /** Names of the outputs whose values change, or may change. */
  readonly outputs: readonly string[];
}

export const NO_COUNTS: Counts = { add: 0, change: 0, replace: 0, destroy: 0 };

export function plannedChanges({ resource_changes = [], output_changes = {} }: PlanJson): PlannedChanges {
  const addresses = (kind: keyof Counts) =>
    resource_changes.filter((resource) => kindOf(resource) === kind).map(({ address }) => address);
  const deletions = addresses("destroy");
  const replacements = addresses("replace");
  return {
    counts: {
      add: addresses("add").length,
      change: addresses("change").length,
      replace: replacements.length,
      destroy: deletions.length,
    },
    deletions,
    replacements,
    outputs: Object.entries(output_changes)
      .filter(([, { actions }]) => !actions.includes("no-op"))
      .map(([name]) => name),
  };
}

/** How a resource changes; undefined when it does not, or is only read. */
export function kindOf({ mode, change: { actions } }: ResourceChange): keyof Counts | undefined {
  if (mode !== "managed") return undefined;
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "destroy";
  if (actions.includes("create")) return "add";
  return actions.includes("update") ? "change" : undefined;
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, { add, change, replace, destroy }) => ({
      add: sum.add + add,
      change: sum.change + change,
      replace: sum.replace + replace,
      destroy: sum.destroy + destroy,
    }),
    NO_COUNTS,
  );
}

/** `2 to add, 1 to destroy`. A plan may also change only outputs or addresses. */
export function countsText({ add, change, replace, destroy }: Counts): string {
  const parts = [`${add} to add`, `${change} to change`, `${replace} to replace`, `${destroy} to destroy`];
  return nonZero(parts) || "only outputs or addresses to change";
}

/** `2 added, 1 destroyed`. */
export function appliedText({ add, change, replace, destroy }: Counts): string {
  const parts = [`${add} added`, `${change} changed`, `${replace} replaced`, `${destroy} destroyed`];
  return nonZero(parts) || "only outputs or addresses changed";
}

function nonZero(parts: readonly string[]): string {
  return parts.filter((part) => !part.startsWith("0 ")).join(", ");
}
