import type { ResourceChange } from "../plan/changes.ts";
import { compare, type Difference } from "./compare.ts";
import type { Mark } from "./diff-line.ts";
import type { IsSecret } from "./known-secrets.ts";
import { planValue } from "./value.ts";

/** In the order in which they are printed: what destroys something comes first. */
export const KINDS = ["delete", "replace", "update", "create", "import", "move", "forget", "read"] as const;
export type Kind = (typeof KINDS)[number];

/** The planned change of one resource. */
export interface ResourceDiff {
  readonly address: string;
  readonly kind: Kind;
  readonly mark: Mark;
  /** `resource "aws_sqs_queue" "Events"` */
  readonly label: string;
  readonly previousAddress: string | undefined;
  readonly importId: string | undefined;
  /** The id of an object that remained when the resource was replaced. */
  readonly deposed: string | undefined;
  /** Terraform's `action_reason`. */
  readonly reason: string | undefined;
  readonly difference: Difference;
}

/** @returns undefined for a resource that neither changes nor moves. */
export function resourceDiff(resource: ResourceChange, isSecret: IsSecret): ResourceDiff | undefined {
  const kind = kindOf(resource);
  if (!kind) return undefined;
  return {
    address: resource.address,
    kind,
    mark: markOf(kind, resource),
    label: labelOf(resource),
    previousAddress: isMoved(resource) ? resource.previous_address : undefined,
    importId: resource.change.importing && (resource.change.importing.id ?? "an unknown id"),
    deposed: resource.deposed,
    reason: resource.action_reason,
    difference: differenceOf(resource, isSecret),
  };
}

/** The attributes of a resource before and after. */
export function differenceOf({ change }: ResourceChange, isSecret: IsSecret): Difference {
  const { before, after, before_sensitive, after_sensitive, after_unknown, replace_paths = [] } = change;
  const paths = new Set(replace_paths.map((path) => JSON.stringify(path)));
  return compare(
    planValue(before, { sensitive: before_sensitive }, isSecret),
    planValue(after, { sensitive: after_sensitive, unknown: after_unknown }, isSecret),
    [],
    (path) => paths.has(JSON.stringify(path)),
  );
}

function kindOf(resource: ResourceChange): Kind | undefined {
  const { actions, importing } = resource.change;
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "delete";
  for (const action of ["create", "update", "forget", "read"] as const) if (actions.includes(action)) return action;
  if (importing) return "import";
  return isMoved(resource) ? "move" : undefined;
}

function isMoved({ address, previous_address: previous = address }: ResourceChange): boolean {
  return previous !== address;
}

function markOf(kind: Kind, { change: { actions } }: ResourceChange): Mark {
  if (kind === "replace") return actions[0] === "create" ? "+/-" : "-/+";
  const marks: Partial<Record<Kind, Mark>> = { delete: "-", update: "~", create: "+", read: "<=" };
  return marks[kind] ?? "";
}

function labelOf({ address, mode, type, name }: ResourceChange): string {
  const block = mode === "data" ? "data" : "resource";
  const [first = "", second = ""] = address.split(".").slice(-2);
  return `${block} ${JSON.stringify(type ?? first)} ${JSON.stringify(name ?? second)}`;
}
