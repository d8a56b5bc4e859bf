import type { Unsettled } from "./gaps.ts";

/** A saved plan, as `terraform show -json` tells it: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
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

/** What the plan would do to resources. */
export function changesOf({ resource_changes = [] }: Plan): Change[] {
  return resource_changes
    .filter(({ change }) => change.actions.some((action) => action !== "no-op" && action !== "read"))
    .map(({ address, type, change }) => ({ address, type, attributes: changedAttributes(change) }));
}

function changedAttributes({ before, after, after_unknown }: ResourceChange["change"]): string[] {
  if (!before || !after) return [];
  return Object.keys({ ...before, ...after }).filter(
    (name) => after_unknown[name] !== true && !isSame(before[name], after[name]),
  );
}

/** To the provider, as to AWS, an empty text is an absent one. */
function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before || null) === JSON.stringify(after || null);
}

/** Whether the emulator is known to unsettle just this. */
export function isExcused(change: Change, { type, attributes }: Unsettled): boolean {
  return (
    change.type === type &&
    change.attributes.length > 0 &&
    change.attributes.every((attribute) => attributes.includes(attribute))
  );
}
