/** What of a plan in Terraform's JSON is read here: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly Action[] }>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly change: {
    readonly actions: readonly Action[];
    readonly before: unknown;
    readonly after: unknown;
  };
}

type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** How many resources; one that is replaced counts once, as that. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/** What a plan would do. */
export interface PlannedChanges {
  readonly counts: Counts;
  /** Addresses of what is destroyed and not made again. */
  readonly deletions: readonly string[];
  /** Addresses of what is destroyed and made again. */
  readonly replacements: readonly string[];
  /** Names of the outputs whose value will be another, or may be. */
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

/** What is done to a resource; undefined when it stays as it is, or is only read. */
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

/** `2 to add, 1 to destroy`; a plan may also change nothing but outputs or addresses. */
export function countsText({ add, change, replace, destroy }: Counts): string {
  const parts = [`${add} to add`, `${change} to change`, `${replace} to replace`, `${destroy} to destroy`];
  return listed(parts) || "only outputs or addresses to change";
}

/** The same, when it is done. */
export function appliedText({ add, change, replace, destroy }: Counts): string {
  const parts = [`${add} added`, `${change} changed`, `${replace} replaced`, `${destroy} destroyed`];
  return listed(parts) || "only outputs or addresses changed";
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => !part.startsWith("0 ")).join(", ");
}
