import { readBody } from "../../http/read-body.ts";
import { qualifiedName } from "../lambda/function-name.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { WeightedTargetGroup } from "./action.ts";
import type { Exchange } from "./exchange.ts";
import { proxy } from "./http-target.ts";
import { invokeTarget, lambdaEvent, MAX_LAMBDA_BYTES } from "./lambda-target.ts";
import type { Forward } from "./load-balancer.ts";
import type { Target } from "./target.ts";
import type { TargetGroup } from "./target-group.ts";
import type { TargetGroupSettings } from "./target-group-settings.ts";

export interface ForwardingOptions {
  readonly lambda: LambdaInvoker;
  readonly findTargetGroup: (arn: string) => TargetGroup | undefined;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Forwards requests to targets of target groups. The response is 503 if a target group has no targets. */
export function forwarding({ lambda, findTargetGroup, random }: ForwardingOptions): Forward {
  return async ({ targetGroups }, exchange) => {
    const group = findTargetGroup(selectByWeight(targetGroups, random()));
    exchange.targetGroupArn = group?.settings.arn;
    const lease = group?.select();
    if (!group || !lease) return exchange.fail(503);
    exchange.servedBy = nameOf(group.settings, lease.target);
    try {
      if (group.settings.targetType === "lambda") await invoke(lambda, group.settings, lease.target, exchange);
      else await proxy(exchange, lease.target);
    } finally {
      lease.release();
    }
  };
}

/** The function with its qualifier, or the target group and the target. */
function nameOf({ name, targetType }: TargetGroupSettings, { id, port }: Target): string {
  return targetType === "lambda" ? qualifiedName(id) : `${name} ${id}${port === undefined ? "" : `:${port}`}`;
}

/** The ARN of one of the groups. A group of weight 0 is selected only if all weights are 0. */
function selectByWeight(groups: readonly WeightedTargetGroup[], random: number): string {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let position = random * total;
  for (const { arn, weight } of groups) {
    if (position < weight) return arn;
    position -= weight;
  }
  return groups[0]?.arn ?? "";
}

async function invoke(
  lambda: LambdaInvoker,
  group: TargetGroupSettings,
  { id }: Target,
  exchange: Exchange,
): Promise<void> {
  const { request, response, idleTimeout } = exchange;
  const read = await readBody(request.message, MAX_LAMBDA_BYTES).catch(() => undefined);
  if (!read) return void response.destroy(); // The client aborted the request.
  if (read.isTooLarge) return exchange.fail(413);
  const responding = invokeTarget(lambda, id, group, lambdaEvent(request, group, read.body));
  const { promise: expired, resolve } = Promise.withResolvers<"timeout">();
  const timer = setTimeout(() => resolve("timeout"), idleTimeout);
  try {
    const result = await Promise.race([responding, expired]);
    if (result === undefined) return exchange.fail(502);
    if (result !== "timeout") return exchange.send(result);
    responding.catch(() => {}); // The function continues, but its result is not used.
    exchange.fail(504);
  } finally {
    clearTimeout(timer);
  }
}
