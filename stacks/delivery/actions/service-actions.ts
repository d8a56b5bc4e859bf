import type { Statement } from "../../base/policy.ts";

/** What limits the ARNs in policies to one environment. */
export interface ArnScope {
  readonly accountId: string;
  readonly region: string;
  /** Prefix of every physical name. */
  readonly prefix: string;
  /** Whether Terraform empties a bucket before it deletes it. */
  readonly emptiesBuckets: boolean;
}

/** The actions of one AWS service that Terraform needs for the resource types in use. */
export interface ServiceActions {
  /** Part of the statement IDs, in the plural and in Pascal case: `Queues`. */
  readonly name: string;
  readonly resourceTypes: readonly string[];
  /** ARNs, limited by the prefix where the service supports names. */
  readonly resources: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Actions that do not support resource-level permissions. */
  readonly unscoped?: { readonly read?: readonly string[]; readonly write?: readonly string[] };
}

/**
 * Services that share a pair of managed policies. A managed policy is limited to 6,144 characters:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export interface PolicyArea {
  /** Suffix of the policy names. */
  readonly name: string;
  readonly services: (arnScope: ArnScope) => readonly ServiceActions[];
}

/** The statements that allow reading or writing every resource of an area in the environment. */
export function areaStatements(area: PolicyArea, arnScope: ArnScope, kind: "read" | "write"): Statement[] {
  const services = area.services(arnScope);
  const verb = kind === "read" ? "Read" : "Write";
  const unscoped = services.flatMap((service) => service.unscoped?.[kind] ?? []);
  return [
    ...services
      .filter((service) => service[kind].length > 0)
      .map((service) => ({
        sid: `${verb}${service.name}`,
        actions: service[kind],
        resources: service.resources,
      })),
    ...(unscoped.length > 0 ? [{ sid: `${verb}Unscoped`, actions: unscoped, resources: ["*"] }] : []),
  ];
}

/** `arn:aws:<service>:<region>:<account>:<resource>` */
export const regionalArn = ({ region, accountId }: ArnScope, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** `arn:aws:<service>::<account>:<resource>`, for services without regions. */
export const globalArn = ({ accountId }: ArnScope, service: string, resource: string): string =>
  `arn:aws:${service}::${accountId}:${resource}`;

/** `<service>:<action>` for each action. */
export const prefixed = (service: string, actions: readonly string[]): string[] =>
  actions.map((action) => `${service}:${action}`);
