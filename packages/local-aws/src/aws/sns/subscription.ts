import { type Matches, parseEventPattern } from "../../delivery/event-pattern.ts";
import type { MessageAttribute, MessageAttributes } from "../sqs/consumer.ts";
import type { Publication } from "./message.ts";

/** An endpoint that receives the messages of a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  /** Messages are delivered for `sqs` and `lambda`; any other protocol stays pending, because nothing confirms it. */
  readonly protocol: string;
  readonly endpoint: string;
  /** Deliver the message itself instead of a notification that contains it. */
  readonly rawDelivery: boolean;
  readonly filterPolicy: string | undefined;
  readonly filterPolicyScope: "MessageAttributes" | "MessageBody";
  /** The queue for messages that cannot be delivered. */
  readonly deadLetterTargetArn: string | undefined;
}

export function isPending({ protocol }: Pick<Subscription, "protocol">): boolean {
  return protocol !== "sqs" && protocol !== "lambda";
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export function passesFilter({ filterPolicy, filterPolicyScope }: Subscription, publication: Publication): boolean {
  if (filterPolicy === undefined) return true;
  const matches = parseEventPattern(filterPolicy);
  return filterPolicyScope === "MessageBody"
    ? matchesBody(matches, publication.message)
    : matches(attributeValues(publication.attributes ?? {}));
}

function matchesBody(matches: Matches, message: string): boolean {
  try {
    return matches(JSON.parse(message));
  } catch {
    return false;
  }
}

function attributeValues(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeValue(attribute)]));
}

function attributeValue({ dataType, stringValue = "" }: MessageAttribute): unknown {
  if (dataType.startsWith("Number")) return Number(stringValue);
  if (dataType !== "String.Array") return stringValue;
  try {
    return JSON.parse(stringValue);
  } catch {
    return stringValue;
  }
}
