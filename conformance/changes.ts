import type { Unsettled } from "./gaps.ts";

/** A saved plan, as `terraform show -json` tells it: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

export interface Change {
  readonly address: string;
  readonly type: string;
  /** What is to be set anew; empty when the whole resource comes or goes. */
  readonly attributes: readonly string[];
}

/** What the plan would do to resources and outputs. */
export function changesOf({ resource_changes = [], output_changes = {} }: Plan): Change[] {
  const outputs = Object.entries(output_changes).map(([name, change]) => ({
    address: `output.${name}`,
    type: "output",
    change,
    attributes: ["value"],
  }));
  const resources = resource_changes.map((resource) => ({
    ...resource,
    attributes: changedAttributes(resource.change),
  }));
  return [...resources, ...outputs]
    .filter(({ change }) => change.actions.some((action) => action !== "no-op" && action !== "read"))
    .map(({ address, type, attributes }) => ({ address, type, attributes }));
}

function changedAttributes({ before, after, after_unknown }: ResourceChange["change"]): string[] {
  if (!before || !after) return [];
  const changed = Object.keys({ ...before, ...after_unknown, ...after }).filter(
    (name) => !isSame(before[name], after[name]),
  );
  const known = changed.filter((name) => after_unknown[name] !== true);
  // what is only known later belongs to the change of what is known; where nothing is, it is the change
  return known.length > 0 ? known : changed;
}

/** To the provider, as to AWS, an empty text is an absent one. */
function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before || null) === JSON.stringify(after || null);
}

/** Whether the emulator is known to unsettle just this. */
export function isExcused(change: Change, { types, attributes }: Unsettled): boolean {
  return (
    types.includes(change.type) &&
    change.attributes.length > 0 &&
    change.attributes.every((attribute) => attributes.includes(attribute))
  );
}
