import type { IncomingMessage } from "node:http";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { Exchange } from "./exchange.ts";
import { proxy } from "./http-target.ts";
import { lambdaAnswer, lambdaEvent, MAX_LAMBDA_BYTES } from "./lambda-target.ts";
import type { Forward } from "./load-balancer.ts";
import type { Target, TargetGroupSettings, WeightedTargetGroup } from "./model.ts";
import type { TargetGroup } from "./target-group.ts";

export interface ForwardingOptions {
  readonly lambda: LambdaInvoker;
  readonly groupOf: (arn: string) => TargetGroup | undefined;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Sends requests on to the targets of groups; a group without targets is unavailable. */
export function forwarding({ lambda, groupOf, random }: ForwardingOptions): Forward {
  return async ({ targetGroups }, exchange) => {
    const group = groupOf(pick(targetGroups, random()));
    const lease = group?.choose();
    if (!group || !lease) return exchange.fail(503);
    try {
      if (group.settings.targetType === "lambda") await invoke(lambda, group.settings, lease.target, exchange);
      else await proxy(exchange, lease.target);
    } finally {
      lease.release();
    }
  };
}

/** One of the groups, by weight; those of weight 0 only when all are. */
function pick(groups: readonly WeightedTargetGroup[], random: number): string {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let place = random * total;
  for (const { arn, weight } of groups) {
    if (place < weight) return arn;
    place -= weight;
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
  const body = await readBody(request.message);
  if (body === "aborted") return void response.destroy();
  if (body === "too-large") return exchange.fail(413);
  const answering = lambdaAnswer(lambda, id, group, lambdaEvent(request, group, body));
  const { promise: silence, resolve } = Promise.withResolvers<"silence">();
  const timer = setTimeout(() => resolve("silence"), idleTimeout);
  try {
    const answer = await Promise.race([answering, silence]);
    if (answer !== "silence") return exchange.send(answer);
    answering.catch(() => {}); // it runs on, and nobody waits for it any more
    exchange.fail(504);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads the body whole. What is over the limit is read too, so that the sender gets to the answer, but not kept. */
async function readBody(message: IncomingMessage): Promise<Buffer | "too-large" | "aborted"> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= MAX_LAMBDA_BYTES) chunks.push(chunk);
    }
  } catch {
    return "aborted";
  }
  return length > MAX_LAMBDA_BYTES ? "too-large" : Buffer.concat(chunks);
}
