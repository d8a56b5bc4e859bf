import { isDeepStrictEqual } from "node:util";
import { kindOf, type PlanJson, type ResourceChange } from "../plan/changes.ts";

/** A resource that is not as Terraform left it. */
export interface DriftedResource {
  readonly address: string;
  readonly how: "changed" | "deleted";
  /** Names of the arguments that differ, never their values. */
  readonly attributes: readonly string[];
}

/** What refreshing a stack brought to light. */
export interface Drift {
  /** The stacks say otherwise: an apply would undo it. */
  readonly drifted: readonly DriftedResource[];
  /** The stacks leave it open, as how many tasks run at the moment: an apply would just take note of it. */
  readonly noticed: readonly DriftedResource[];
  /** Resources that the stack would change although they are as Terraform left them: it was changed and not applied. */
  readonly pending: number;
}

/** Tells drift from what was changed in the stack and is not applied yet. */
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
  const [was, is] = [before, after].map((value) => (value ?? {}) as Readonly<Record<string, unknown>>);
  const names = Object.keys({ ...was, ...is }).sort();
  return { address, how: "changed", attributes: names.filter((name) => !isDeepStrictEqual(was?.[name], is?.[name])) };
}

/** As Markdown. It holds addresses and names of arguments only: whoever may read the code may read it. */
export function driftText(stack: string, { drifted, noticed, pending }: Drift): string {
  const line = ({ address, how, attributes }: DriftedResource) =>
    `- \`${address}\` was ${how}${attributes.length > 0 ? `: ${attributes.map((name) => `\`${name}\``).join(", ")}` : ""}`;
  const section = (title: string, resources: readonly DriftedResource[]) =>
    resources.length > 0 ? [[title, ...resources.map(line)].join("\n")] : [];
  const parts = [
    ...section(`\`${stack}\` drifted. Applying it would undo this:`, drifted),
    ...section("Different too, and left as it is:", noticed),
    ...(pending > 0 ? [`${pending} more to change, because the code was changed and is not applied yet.`] : []),
  ];
  return parts.length > 0 ? parts.join("\n\n") : `\`${stack}\` is as it was left.`;
}
