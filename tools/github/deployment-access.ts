import {
  type DeliveryRoleName,
  deliveryRoleArn,
  deliveryRoleNames,
  planBucket,
} from "../../stacks/delivery/role-names.ts";
import { type Environment, type EnvironmentName, environmentNames } from "../../stacks/environment/environment.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { UsageError } from "../command-line/errors.ts";

/** What a workflow needs to access an environment. */
export interface DeploymentAccess {
  readonly role: string;
  readonly region: string;
  /** The bucket for plans that wait for approval. */
  readonly artifacts: string;
}

/**
 * The environments that the workflows of a repository deploy to: those whose data contain an account and this
 * repository. A fork has none.
 *
 * @param repository `<owner>/<repository>`
 */
export function environmentsOf(repository: string): EnvironmentName[] {
  return environmentNames.filter((name) => {
    const { accountId, github } = environmentData(name);
    return name !== "local" && accountId !== undefined && `${github?.owner}/${github?.repository}` === repository;
  });
}

/** @throws UsageError if there is no such role. */
export function deploymentAccess(environment: Environment, roleName: string): DeploymentAccess {
  if (!isRoleName(roleName)) {
    throw new UsageError(`There is no role "${roleName}"; there are ${deliveryRoleNames.join(", ")}.`);
  }
  return {
    role: deliveryRoleArn(environment, roleName),
    region: environment.region,
    artifacts: planBucket(environment),
  };
}

function isRoleName(name: string): name is DeliveryRoleName {
  return (deliveryRoleNames as readonly string[]).includes(name);
}
