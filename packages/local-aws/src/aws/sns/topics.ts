import { randomUUID } from "node:crypto";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";
import { checkPublication, notification, type Publication, type TopicMessage, textFor } from "./message.ts";
import type { SentMessages, SubscriptionDelivery } from "./sent-messages.ts";
import { isPending, passesFilter, type Subscription } from "./subscription.ts";

const PRINCIPAL = "sns.amazonaws.com";

/** The part of SQS that SNS uses. */
export interface QueueTarget {
  send(queueArn: string, body: string, attributes?: MessageAttributes, traceHeader?: string): void;
  mayReceive(queueArn: string, servicePrincipal: string, sourceArn: string): boolean;
}

export interface Topic {
  readonly arn: string;
  readonly displayName: string;
  /** The resource policy as JSON, which defines who may publish in addition to the account itself. */
  policy: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The topics and their subscriptions. Messages are delivered immediately; the most recent ones are kept. */
export class Topics {
  readonly #clock: Clock;
  readonly #lambda: LambdaInvoker;
  readonly #queues: QueueTarget;
  readonly #sent: SentMessages;
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(clock: Clock, lambda: LambdaInvoker, queues: QueueTarget, sent: SentMessages) {
    this.#clock = clock;
    this.#lambda = lambda;
    this.#queues = queues;
    this.#sent = sent;
  }

  all(): Topic[] {
    return [...this.#topics.values()];
  }

  find(topicArn: string): Topic | undefined {
    return this.#topics.get(topicArn);
  }

  /** @throws AwsError `NotFound`. */
  get(topicArn: string): Topic {
    const topic = this.find(topicArn);
    if (!topic) throw notFound("Topic");
    return topic;
  }

  put(topic: Topic): void {
    this.#topics.set(topic.arn, topic);
  }

  /** Deletes the topic. As on AWS, its subscriptions remain, but receive nothing. */
  delete(topicArn: string): void {
    this.#topics.delete(topicArn);
  }

  subscriptions(): Subscription[] {
    return [...this.#subscriptions.values()];
  }

  subscriptionsOf(topic: Topic): Subscription[] {
    return this.subscriptions().filter(({ topicArn }) => topicArn === topic.arn);
  }

  findSubscription(subscriptionArn: string): Subscription | undefined {
    return this.#subscriptions.get(subscriptionArn);
  }

  /** @throws AwsError `NotFound`. */
  getSubscription(subscriptionArn: string): Subscription {
    const subscription = this.findSubscription(subscriptionArn);
    if (!subscription) throw notFound("Subscription");
    return subscription;
  }

  subscribe(subscription: Subscription): void {
    this.#subscriptions.set(subscription.arn, subscription);
  }

  unsubscribe(subscriptionArn: string): void {
    this.#subscriptions.delete(subscriptionArn);
  }

  /**
   * Delivers the message to every subscription whose filter policy it matches. A message that cannot be delivered goes
   * to the dead-letter queue of the subscription.
   *
   * @returns the message ID.
   * @throws AwsError `NotFound` or `InvalidParameter`.
   */
  async publish(topicArn: string, publication: Publication): Promise<string> {
    const topic = this.get(topicArn);
    checkPublication(publication);
    const timestamp = new Date(this.#clock.now()).toISOString();
    const message: TopicMessage = { ...publication, messageId: randomUUID(), topicArn, timestamp };
    const deliveries = this.subscriptionsOf(topic).map(async (subscription): Promise<SubscriptionDelivery> => {
      const { protocol, endpoint } = subscription;
      return { protocol, endpoint, ...(await this.#deliver(subscription, message)) };
    });
    this.#sent.add({ message, deliveries: await Promise.all(deliveries) });
    return message.messageId;
  }

  async #deliver(
    subscription: Subscription,
    message: TopicMessage,
  ): Promise<Pick<SubscriptionDelivery, "outcome" | "reason">> {
    if (!passesFilter(subscription, message)) return { outcome: "filtered" };
    if (isPending(subscription)) return { outcome: "unconfirmed" };
    try {
      if (subscription.protocol === "sqs") this.#deliverToQueue(subscription, message);
      else await this.#deliverToFunction(subscription, message);
      return { outcome: "delivered" };
    } catch (error) {
      const { arn: subscriptionArn, deadLetterTargetArn } = subscription;
      if (deadLetterTargetArn !== undefined && this.#mayReceive(deadLetterTargetArn, message.topicArn)) {
        this.#queues.send(deadLetterTargetArn, JSON.stringify(notification("sqs", message, subscriptionArn)));
      } else {
        console.error(`SNS could not deliver a message of ${message.topicArn} to ${subscription.endpoint}: ${error}`);
      }
      return { outcome: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #deliverToQueue({ arn: subscriptionArn, endpoint, rawDelivery }: Subscription, message: TopicMessage): void {
    if (!this.#mayReceive(endpoint, message.topicArn)) {
      throw new AwsError(
        "AccessDenied",
        `the queue policy does not allow SNS to send messages for ${message.topicArn}`,
        403,
      );
    }
    const { attributes, traceHeader } = message;
    if (rawDelivery) this.#queues.send(endpoint, textFor("sqs", message), attributes, traceHeader);
    else this.#queues.send(endpoint, JSON.stringify(notification("sqs", message, subscriptionArn)), {}, traceHeader);
  }

  async #deliverToFunction({ arn: subscriptionArn, endpoint }: Subscription, message: TopicMessage): Promise<void> {
    const { MessageAttributes = {}, ...Sns } = notification("lambda", message, subscriptionArn);
    const record = {
      EventSource: "aws:sns",
      EventVersion: "1.0",
      EventSubscriptionArn: subscriptionArn,
      Sns: { ...Sns, MessageAttributes },
    };
    await this.#lambda.invoke({
      functionName: endpoint,
      payload: JSON.stringify({ Records: [record] }),
      type: "Event",
      source: { kind: "service", principal: PRINCIPAL, sourceArn: message.topicArn },
      traceHeader: message.traceHeader,
    });
  }

  #mayReceive(queueArn: string, topicArn: string): boolean {
    return this.#queues.mayReceive(queueArn, PRINCIPAL, topicArn);
  }
}

export function topicArn(name: string): string {
  return arn("sns", name);
}

function notFound(resource: string): AwsError {
  return new AwsError("NotFound", `${resource} does not exist`, 404);
}
