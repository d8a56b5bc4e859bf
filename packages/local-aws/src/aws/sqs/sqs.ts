import { allowsService } from "../../delivery/resource-policy.ts";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { MessageAttributes, QueueConsumer, ReceivedMessage } from "./consumer.ts";
import { sqsOperations } from "./operations/index.ts";
import { QueueMetrics } from "./queue-metrics.ts";
import { Queues } from "./queues.ts";
import { sqsTerraform } from "./terraform/index.ts";

/** The sender ID that SQS reports for messages of AWS services. */
const SERVICE_SENDER = "AIDAJQR6QDGQ7PATMSYEY";

export interface SqsOptions {
  /** The folder of the messages. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  /** URL of the gateway, the prefix of queue URLs. */
  readonly endpoint: () => string;
}

/** SQS with standard queues. FIFO queues are rejected. */
export class Sqs implements QueueConsumer {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly queues: Queues;
  readonly #metrics: QueueMetrics;
  readonly #closing = new AbortController();

  constructor({ directory, access, clock, endpoint }: SqsOptions) {
    this.#metrics = new QueueMetrics(clock);
    this.queues = new Queues(directory, clock, endpoint);
    this.service = jsonService(
      {
        signingName: "sqs",
        target: "AmazonSQS",
        jsonVersion: "1.0",
        operations: sqsOperations({ queues: this.queues, closing: this.#closing.signal }),
      },
      access,
    );
    this.terraform = sqsTerraform(this.queues);
  }

  /** Values for the metrics of the queues. */
  samples(): Sample[] {
    return this.#metrics.samples(this.queues.all());
  }

  /**
   * Sends a message of an AWS service. The caller checks {@link mayReceive} first.
   *
   * @throws AwsError `QueueDoesNotExist`, or the limit that the message exceeds.
   */
  send(queueArn: string, body: string, attributes: MessageAttributes = {}, traceHeader?: string): void {
    this.queues.byArn(queueArn).send(body, attributes, SERVICE_SENDER, { traceHeader });
  }

  /** Whether the queue exists and its policy allows the service to send messages for that source. */
  mayReceive(queueArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const queue = this.queues.findByArn(queueArn);
    return (
      queue !== undefined &&
      allowsService(queue.policy, {
        principal: servicePrincipal,
        sourceArn,
        action: "sqs:SendMessage",
        resource: queueArn,
      })
    );
  }

  async receive(
    queueArn: string,
    options: { readonly maximum: number; readonly waitSeconds: number; readonly signal: AbortSignal },
  ): Promise<readonly ReceivedMessage[]> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return this.queues.byArn(queueArn).receive(options.maximum, options.waitSeconds, signal);
  }

  delete(queueArn: string, receiptHandle: string): void {
    this.queues.byArn(queueArn).delete(receiptHandle);
  }

  /** Ends all long polls and closes the files. */
  close(): void {
    this.#closing.abort();
    this.queues.close();
  }
}
