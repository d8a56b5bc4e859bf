import type { Statement } from "../../base/policy.ts";

/** What narrows a right to one environment. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  /** First part of every physical name. */
  readonly prefix: string;
  /** Whether destroying a bucket may empty it. */
  readonly emptiesBuckets: boolean;
}

/** The calls of one AWS service that Terraform makes for the resource types in use. */
export interface ServiceCalls {
  /** For the ids of statements; a word in the form `Queues`. */
  readonly name: string;
  readonly types: readonly string[];
  /** ARNs, by the environment's names where the service lets one choose names. */
  readonly resources: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Calls that AWS lets nobody narrow to a resource. */
  readonly anywhere?: { readonly read?: readonly string[]; readonly write?: readonly string[] };
}

/** Services that share a pair of policies: a policy takes 6,144 characters (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
export interface Area {
  /** Last part of the policies' names. */
  readonly name: string;
  readonly calls: (place: Place) => readonly ServiceCalls[];
}

/** What lets a role look at, or change, everything of an area that is the environment's. */
export function areaStatements(area: Area, place: Place, kind: "read" | "write"): Statement[] {
  const calls = area.calls(place);
  const verb = kind === "read" ? "Read" : "Write";
  const anywhere = calls.flatMap((one) => one.anywhere?.[kind] ?? []);
  return [
    ...calls
      .filter((one) => one[kind].length > 0)
      .map((one) => ({ sid: `${verb}${one.name}`, actions: one[kind], resources: one.resources })),
    ...(anywhere.length > 0 ? [{ sid: `${verb}Anywhere`, actions: anywhere, resources: ["*"] }] : []),
  ];
}

/** `arn:aws:<service>:<region>:<account>:<resource>` */
export const regional = ({ region, accountId }: Place, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** `arn:aws:<service>::<account>:<resource>`, for services without regions. */
export const global = ({ accountId }: Place, service: string, resource: string): string =>
  `arn:aws:${service}::${accountId}:${resource}`;

/** `<service>:<call>` for each call. */
export const prefixed = (service: string, calls: readonly string[]): string[] =>
  calls.map((call) => `${service}:${call}`);
