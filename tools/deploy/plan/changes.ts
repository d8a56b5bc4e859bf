import * as v from "valibot";

/** Marks of values: `true`, or the marks of what a value contains. */
const marks = v.optional(v.unknown());

const action = v.picklist(["no-op", "create", "read", "update", "delete", "forget"]);

const change = v.object({
  address: v.string(),
  /** The address in the state, of a resource that is moved. */
  previous_address: v.exactOptional(v.string()),
  mode: v.picklist(["managed", "data"]),
  type: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  /** Of an object that remained when a resource was replaced. */
  deposed: v.exactOptional(v.string()),
  action_reason: v.exactOptional(v.string()),
  change: v.object({
    actions: v.array(action),
    before: v.optional(v.unknown()),
    after: v.optional(v.unknown()),
    before_sensitive: marks,
    after_sensitive: marks,
    after_unknown: marks,
    /** Paths of the attributes that make Terraform replace the resource. */
    replace_paths: v.exactOptional(v.array(v.array(v.union([v.string(), v.number()])))),
    importing: v.exactOptional(v.object({ id: v.exactOptional(v.string()) })),
  }),
});

const outputChange = v.object({
  actions: v.array(action),
  before: v.optional(v.unknown()),
  after: v.optional(v.unknown()),
  before_sensitive: marks,
  after_sensitive: marks,
  after_unknown: marks,
});

/**
 * The part of Terraform's plan that is read here:
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const plan = v.object({
  resource_changes: v.exactOptional(v.array(change)),
  resource_drift: v.exactOptional(v.array(change)),
  output_changes: v.exactOptional(v.record(v.string(), outputChange)),
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
