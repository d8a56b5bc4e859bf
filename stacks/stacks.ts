import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { App } from "cdktf";
import { BaseStack } from "./base/base-stack.ts";
import type { Bundles } from "./base/bundles.ts";
import type { HttpRoute } from "./constructs/http-api.ts";
import { DeliveryStack } from "./delivery.ts";
import type { Environment } from "./environment/environment.ts";
import { addFilesStacks } from "./files.ts";
import { addHelloStacks } from "./hello.ts";
import { addReleasesStacks } from "./releases.ts";
import { addShoutStack } from "./shout.ts";
import { addSumStacks } from "./sum.ts";

export interface StacksProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  /** What each service answers to. */
  readonly routes: Readonly<Record<"files" | "hello" | "releases", readonly HttpRoute[]>>;
}

/** Every stack of the environment's systems. */
export function addStacks(app: App, { environment, bundles, routes }: StacksProps): void {
  const { stateBucketStack, route53, ...shared } = addFilesStacks(app, { environment, bundles, routes: routes.files });
  const stateBucket = stateBucketStack.outputs;
  const deliveryStack = new DeliveryStack(app, "delivery", { environment, stateBucket });
  const { parts } = environment;
  if (parts.includes("hello")) addHelloStacks(app, { environment, bundles, routes: routes.hello, route53 });
  if (parts.includes("releases")) addReleasesStacks(app, { environment, bundles, routes: routes.releases });
  if (parts.includes("shout")) addShoutStack(app, { environment, bundles, stateBucket, vpc: shared.vpc });
  if (parts.includes("sum")) addSumStacks(app, { environment, bundles, stateBucket, ...shared });
  for (const stack of app.node.children) {
    if (!(stack instanceof BaseStack) || stack === stateBucketStack) continue;
    stack.addDependency(stateBucketStack); // every state lies in the bucket, whether or not a stack uses more of it
    if (stack !== deliveryStack && hasRoles(stack)) stack.addDependency(deliveryStack); // which makes their boundary
  }
}

function hasRoles(stack: BaseStack): boolean {
  return stack.node.findAll().some((construct) => construct instanceof IamRole);
}
