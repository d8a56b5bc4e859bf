import type { IncomingMessage, ServerResponse } from "node:http";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { ownAnswer } from "./answers.ts";
import { proxy } from "./http-target.ts";
import { lambdaAnswer, lambdaEvent, MAX_LAMBDA_BYTES } from "./lambda-target.ts";
import type { ListenerRequest } from "./listener-request.ts";
import type { Forward } from "./load-balancer.ts";
import type { WeightedTargetGroup } from "./model.ts";
import { type SendHead, sendAnswer } from "./send.ts";
import type { Lease, TargetGroup } from "./target-group.ts";

export interface ForwardingOptions {
  readonly lambda: LambdaInvoker;
  readonly groupOf: (arn: string) => TargetGroup | undefined;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Sends requests on to the targets of groups; a group without targets is unavailable. */
export function forwarding({ lambda, groupOf, random }: ForwardingOptions): Forward {
  return async ({ targetGroups }, request, response, idleTimeout, sendHead) => {
    const group = groupOf(pick(targetGroups, random()));
    const lease = group?.choose();
    if (!group || !lease) return sendAnswer(response, request.method, ownAnswer(503), sendHead);
    try {
      if (group.settings.targetType === "lambda") {
        await invoke(lambda, group, lease, request, response, idleTimeout, sendHead);
      } else {
        await proxy(request, response, lease.target, idleTimeout, sendHead);
      }
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
  { settings }: TargetGroup,
  { target }: Lease,
  request: ListenerRequest,
  response: ServerResponse,
  idleTimeout: number,
  sendHead: SendHead,
): Promise<void> {
  const body = await readBody(request.message);
  if (body === "aborted") return void response.destroy();
  if (body === "too-large") return sendAnswer(response, request.method, ownAnswer(413), sendHead);
  const answering = lambdaAnswer(lambda, target.id, settings, lambdaEvent(request, settings, body));
  const { promise: silence, resolve } = Promise.withResolvers<"silence">();
  const timer = setTimeout(() => resolve("silence"), idleTimeout);
  try {
    const answer = await Promise.race([answering, silence]);
    sendAnswer(response, request.method, answer === "silence" ? ownAnswer(504) : answer, sendHead);
    if (answer === "silence") answering.catch(() => {}); // it runs on, and nobody waits for it any more
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
