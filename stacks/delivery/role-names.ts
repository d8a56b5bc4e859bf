import { physicalName } from "../base/naming.ts";
import type { Environment } from "../environment/environment.ts";

/**
 * - `review` plans what a pull request would change, and writes nothing but locks;
 * - `plan` does the same for the main branch, keeps the plans that wait for approval, and looks for drift;
 * - `apply` applies them;
 * - `images` pushes container images;
 * - `release` moves the stages of the Releases system.
 */
export const deliveryRoleNames = ["review", "plan", "apply", "images", "release"] as const;
export type DeliveryRoleName = (typeof deliveryRoleNames)[number];

/** Its name after the prefix; no role of any other stack begins so. */
export const deliveryRoleThing = (name: DeliveryRoleName): string => `delivery-${name}`;

export const deliveryRoleArn = (environment: Environment, name: DeliveryRoleName): string =>
  `arn:aws:iam::${environment.accountId}:role/${physicalName(environment, "role", deliveryRoleThing(name))}`;

/** The environment of GitHub in which releases are approved; that of applies has the environment's own name. */
export const releaseApproval = (environmentName: string): string => `${environmentName}-releases`;

/** The bucket of the plans that wait for approval, after the prefix. */
export const ARTIFACTS = "artifacts";

/** The bucket of the plans that wait for approval. */
export const planBucket = (environment: Environment): string => physicalName(environment, "bucket", ARTIFACTS);
