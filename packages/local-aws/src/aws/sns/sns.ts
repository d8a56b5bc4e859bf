import { join } from "node:path";
import { allowsService } from "../../delivery/resource-policy.ts";
import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { snsOperations } from "./operations/index.ts";
import { SentMessages } from "./sent-messages.ts";
import { snsTerraform } from "./terraform/index.ts";
import { type QueueTarget, Topics } from "./topics.ts";

export interface SnsOptions {
  /** Where the last messages are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly lambda: LambdaInvoker;
  readonly queues: QueueTarget;
}

/** SNS with standard topics that deliver to queues and functions. Email and HTTP subscriptions stay pending. */
export class Sns {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly sent: SentMessages;
  readonly #topics: Topics;

  constructor({ directory, access, clock, lambda, queues }: SnsOptions) {
    this.sent = new SentMessages(join(directory, "sent.jsonl"));
    this.#topics = new Topics(clock, lambda, queues, this.sent);
    this.service = queryService(
      {
        signingName: "sns",
        namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
        operations: snsOperations({ topics: this.#topics }),
      },
      access,
    );
    this.terraform = snsTerraform(this.#topics);
  }

  /**
   * Publishes a message of an AWS service. The caller checks {@link mayPublish} first.
   *
   * @returns the message ID.
   * @throws AwsError `NotFound`, or `InvalidParameter` when the message exceeds a limit.
   */
  publish(topicArn: string, message: string, subject?: string, traceHeader?: string): Promise<string> {
    return this.#topics.publish(topicArn, { message, subject, traceHeader });
  }

  /** Whether the topic exists and its policy allows the service to publish for that source. */
  mayPublish(topicArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const topic = this.#topics.find(topicArn);
    const request = { principal: servicePrincipal, sourceArn, action: "sns:Publish", resource: topicArn };
    return topic !== undefined && allowsService(topic.policy, request);
  }

  close(): void {
    this.sent.close();
  }
}
