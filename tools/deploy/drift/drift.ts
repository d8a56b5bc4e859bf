import type { Difference } from "../diff/compare.ts";
import { type IsSecret, knownSecrets } from "../diff/known-secrets.ts";
import { differenceOf } from "../diff/resource-diff.ts";
import { kindOf, type PlanJson, type ResourceChange } from "../plan/changes.ts";
import type { AttributeRole } from "./configured-attributes.ts";

/** A resource that differs from its state. */
export interface DriftedResource {
  readonly address: string;
  readonly how: "changed" | "deleted";
  /** Names of the arguments that differ, never their values. */
  readonly attributes: readonly string[];
  /** The arguments before and after, of those that are named in `attributes`. */
  readonly difference: Difference;
}

/** A difference that an apply would leave as it is. */
export interface NoticedResource extends DriftedResource {
  /** By name of an argument; of a deleted resource there is none. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** The result of refreshing a stack. */
export interface Drift {
  /** Differs from the configuration: an apply would revert it. Deleted resources come first. */
  readonly drifted: readonly DriftedResource[];
  /** Not in the configuration, such as the number of running tasks: an apply would only record it in the state. */
  readonly noticed: readonly NoticedResource[];
  /**
   * Number of resources that the configuration would change although they have not drifted: the change is not applied
   * yet.
   */
  readonly pending: number;
}

/** How the configuration of a stack uses an argument. */
export type RoleOf = (address: string, attribute: string) => AttributeRole;

const REASONS: Readonly<Record<AttributeRole, string>> = {
  ignored: "in ignore_changes of the configuration",
  unset: "not set in the configuration",
  set: "equivalent to the configuration",
};

/** Separates drift from changes of the configuration that are not applied yet. */
export function driftOf(plan: PlanJson, roleOf: RoleOf): Drift {
  const { resource_drift = [], resource_changes = [] } = plan;
  const isSecret = knownSecrets(plan);
  const changes = new Map(
    resource_changes.filter((resource) => kindOf(resource)).map((resource) => [resource.address, resource]),
  );
  const found = resource_drift.filter((resource) => kindOf(resource) !== undefined);
  const drifted: DriftedResource[] = [];
  const noticed: NoticedResource[] = [];
  for (const resource of found) {
    const { address } = resource;
    const difference = differenceOf(resource, isSecret);
    const [reverted, left] = splitByRevert(difference, changes.get(address), isSecret);
    if (resource.change.actions.includes("delete")) {
      const deleted = { address, how: "deleted", attributes: [], difference } as const;
      if (changes.has(address)) drifted.unshift(deleted);
      else noticed.push({ ...deleted, reasons: {} });
      continue;
    }
    const changed = (part: Difference) =>
      ({ address, how: "changed", attributes: changedNames(part), difference: part }) as const;
    if (changedNames(reverted).length > 0) drifted.push(changed(reverted));
    const names = changedNames(left);
    const reasons = Object.fromEntries(names.map((name) => [name, REASONS[roleOf(address, name)]]));
    if (names.length > 0) noticed.push({ ...changed(left), reasons });
  }
  const addresses = new Set(drifted.map(({ address }) => address));
  return { drifted, noticed, pending: [...changes.keys()].filter((address) => !addresses.has(address)).length };
}

/** Separates the arguments that the planned change of the resource sets from those that it leaves as they are. */
function splitByRevert(
  difference: Difference,
  planned: ResourceChange | undefined,
  isSecret: IsSecret,
): readonly [Difference, Difference] {
  const names = new Set(planned ? changedNames(differenceOf(planned, isSecret)) : []);
  const isAll = planned?.change.actions.includes("create") === true;
  const part = (isReverted: boolean) => withChanges(difference, (name) => (isAll || names.has(name)) === isReverted);
  return [part(true), part(false)];
}

/** The difference without the changed arguments that are not wanted. */
function withChanges(difference: Difference, isWanted: (name: string) => boolean): Difference {
  if (difference.kind !== "map") return difference;
  const entries = difference.entries.filter(([name, { action }]) => action === "same" || isWanted(name));
  return { ...difference, entries };
}

function changedNames(difference: Difference): string[] {
  if (difference.kind !== "map") return [];
  return difference.entries.filter(([, { action }]) => action !== "same").map(([name]) => name);
}

/** Markdown with addresses and names of arguments, but no values: it may be published where the code is. */
export function driftText(stack: string, { drifted, noticed, pending }: Drift): string {
  const code = (name: string) => `\`${name}\``;
  const item = ({ address, how }: DriftedResource, names: readonly string[]) =>
    `- ${code(address)} was ${how}${names.length > 0 ? `: ${names.join(", ")}` : ""}`;
  const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? [[title, ...lines].join("\n")] : []);
  const parts = [
    ...section(
      `${code(stack)} drifted. An apply would revert this:`,
      drifted.map((resource) => item(resource, resource.attributes.map(code))),
    ),
    ...section(
      "Also different; an apply would not change it:",
      noticed.map((resource) =>
        item(
          resource,
          resource.attributes.map((name) => `${code(name)} (${resource.reasons[name]})`),
        ),
      ),
    ),
    ...(pending > 0 ? [`${pending} more to change: the code was changed and is not applied yet.`] : []),
  ];
  return parts.length > 0 ? parts.join("\n\n") : `${code(stack)} has not drifted.`;
}
