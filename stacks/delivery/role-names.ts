import { physicalName } from "../base/naming.ts";
import type { Environment } from "../environment/environment.ts";

/**
 * The roles of the workflows:
 *
 * - `review` plans a pull request and writes only locks;
 * - `plan` plans the main branch, stores the plans for approval and detects drift;
 * - `apply` applies approved plans;
 * - `images` pushes container images;
 * - `release` updates the stages of the Releases system.
 */
export const deliveryRoleNames = ["review", "plan", "apply", "images", "release"] as const;
export type DeliveryRoleName = (typeof deliveryRoleNames)[number];

/** The name of a role after the prefix; no role of another stack starts with `delivery-`. */
export const deliveryRoleSuffix = (name: DeliveryRoleName): string => `delivery-${name}`;

export const deliveryRoleArn = (environment: Environment, name: DeliveryRoleName): string =>
  `arn:aws:iam::${environment.accountId}:role/${physicalName(environment, "role", deliveryRoleSuffix(name))}`;

/** The GitHub environment for the approval of releases. The one for plans has the name of the environment itself. */
export const releaseApproval = (environmentName: string): string => `${environmentName}-releases`;

/** The name after the prefix of the bucket for plans that await approval. */
export const ARTIFACTS = "artifacts";

/** The bucket for plans that await approval. */
export const planBucket = (environment: Environment): string => physicalName(environment, "bucket", ARTIFACTS);
