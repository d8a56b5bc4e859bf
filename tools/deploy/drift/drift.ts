import { isDeepStrictEqual } from "node:util";
import { kindOf, type PlanJson, type ResourceChange } from "../plan/changes.ts";

/** A resource that differs from its state. */
export interface DriftedResource {
  readonly address: string;
  readonly how: "changed" | "deleted";
  /** Names of the arguments that differ, never their values. */
  readonly attributes: readonly string[];
}

/** The result of refreshing a stack. */
export interface Drift {
  /** Differs from the configuration: an apply would revert it. */
  readonly drifted: readonly DriftedResource[];
  /** Not in the configuration, such as the number of running tasks: an apply would only record it in the state. */
  readonly noticed: readonly DriftedResource[];
  /**
   * Number of resources that the configuration would change although they have not drifted: the change is not applied
   * yet.
   */
  readonly pending: number;
}

/** Separates drift from changes of the configuration that are not applied yet. */
export function driftOf({ resource_drift = [], resource_changes = [] }: PlanJson): Drift {
  const changed = new Set(resource_changes.filter((resource) => kindOf(resource)).map(({ address }) => address));
  const found = resource_drift.filter((resource) => kindOf(resource) !== undefined).map(drifted);
  const addresses = new Set(found.map(({ address }) => address));
  return {
    drifted: found.filter(({ address }) => changed.has(address)),
    noticed: found.filter(({ address }) => !changed.has(address)),
    pending: [...changed].filter((address) => !addresses.has(address)).length,
  };
}

function drifted({ address, change: { actions, before, after } }: ResourceChange): DriftedResource {
  if (actions.includes("delete")) return { address, how: "deleted", attributes: [] };
  const [old, current] = [before, after].map((value) => (value ?? {}) as Readonly<Record<string, unknown>>);
  const names = Object.keys({ ...old, ...current }).sort();
  return {
    address,
    how: "changed",
    attributes: names.filter((name) => !isDeepStrictEqual(old?.[name], current?.[name])),
  };
}

/** Markdown with addresses and names of arguments, but no values: it may be published where the code is. */
export function driftText(stack: string, { drifted, noticed, pending }: Drift): string {
  const line = ({ address, how, attributes }: DriftedResource) =>
    `- \`${address}\` was ${how}${attributes.length > 0 ? `: ${attributes.map((name) => `\`${name}\``).join(", ")}` : ""}`;
  const section = (title: string, resources: readonly DriftedResource[]) =>
    resources.length > 0 ? [[title, ...resources.map(line)].join("\n")] : [];
  const parts = [
    ...section(`\`${stack}\` drifted. An apply would revert this:`, drifted),
    ...section("Also different; an apply would not change it:", noticed),
    ...(pending > 0 ? [`${pending} more to change: the code was changed and is not applied yet.`] : []),
  ];
  return parts.length > 0 ? parts.join("\n\n") : `\`${stack}\` has not drifted.`;
}
