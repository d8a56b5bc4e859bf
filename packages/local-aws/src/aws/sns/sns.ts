import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { allowsService } from "../sqs/resource-policy.ts";
import { snsOperations } from "./operations.ts";
import { snsTerraform } from "./terraform.ts";
import { type QueueTarget, Topics } from "./topics.ts";

export interface SnsOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly lambda: LambdaInvoker;
  readonly queues: QueueTarget;
}

/** SNS with standard topics, delivered to queues and functions. Subscriptions by e-mail and HTTP stay pending. */
export class Sns {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #topics: Topics;

  constructor({ access, clock, lambda, queues }: SnsOptions) {
    this.#topics = new Topics(clock, lambda, queues);
    this.service = queryService(
      {
        signingName: "sns",
        namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
        operations: snsOperations(this.#topics),
      },
      access,
    );
    this.terraform = snsTerraform(this.#topics);
  }

  /**
   * A message from one of AWS's services. Whether it may publish is asked before, by {@link mayPublish}.
   *
   * @returns the message's id.
   * @throws AwsError `NotFound`, or `InvalidParameter` for the limit that the message breaks.
   */
  publish(topicArn: string, message: string, subject?: string): Promise<string> {
    return this.#topics.publish(topicArn, { message, subject });
  }

  /** Whether the topic exists and its policy lets the service publish for that source. */
  mayPublish(topicArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const topic = this.#topics.find(topicArn);
    const request = { principal: servicePrincipal, sourceArn, action: "sns:Publish", resource: topicArn };
    return topic !== undefined && allowsService(topic.policy, request);
  }
}
