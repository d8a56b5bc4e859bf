import { arn } from "../../runtime/account.ts";

/** The last part of an ARN, or the name itself. */
export const nameOf = (arnOrName: string): string => arnOrName.split("/").at(-1) ?? arnOrName;

export const clusterArn = (cluster: string): string => arn("ecs", `cluster/${nameOf(cluster)}`);

export const serviceArn = (cluster: string, service: string): string =>
  arn("ecs", `service/${nameOf(cluster)}/${nameOf(service)}`);

export const taskArn = (cluster: string, id: string): string => arn("ecs", `task/${nameOf(cluster)}/${nameOf(id)}`);

/** Without a revision, the ARN of the family. */
export const taskDefinitionArn = (family: string, revision?: number): string =>
  arn("ecs", `task-definition/${family}${revision === undefined ? "" : `:${revision}`}`);
