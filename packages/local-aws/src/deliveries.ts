import type { LambdaInvoker } from "./aws/lambda/invoker.ts";
import type { MessageAttributes } from "./aws/sqs/consumer.ts";
import { AwsError } from "./runtime/error.ts";
import { mapValues } from "./runtime/map-values.ts";

const S3_PRINCIPAL = "s3.amazonaws.com";
/** Alarms publish to topics as one service principal and invoke functions as another. */
const ALARM_PRINCIPALS = { topic: "cloudwatch.amazonaws.com", function: "lambda.alarms.cloudwatch.amazonaws.com" };

/** The part of SQS that deliveries use. */
interface Queues {
  send(queueArn: string, body: string, attributes?: MessageAttributes): void;
  mayReceive(queueArn: string, servicePrincipal: string, sourceArn: string): boolean;
}

interface Topics {
  publish(topicArn: string, message: string): Promise<string>;
  mayPublish(topicArn: string, servicePrincipal: string, sourceArn: string): boolean;
}

export interface Deliveries {
  /** A bucket's event, to the target that its notification names. */
  s3Event(targetArn: string, event: object): Promise<void>;
  /** An alarm's change of state, to one of its actions. */
  alarm(actionArn: string, alarmArn: string, event: object): Promise<void>;
  /** A dead letter or failed event. The permissions of the sender's role have already been checked. */
  message(targetArn: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}

interface DeliveriesOptions {
  readonly queues: Queues;
  /** Functions, because services are created one after the other and call each other. */
  readonly lambda: () => LambdaInvoker;
  readonly topics: () => Topics;
}

/** Deliveries from service to service, by ARN. Services are connected only through this. */
export function deliveries({ queues, lambda, topics }: DeliveriesOptions): Deliveries {
  return {
    async s3Event(targetArn, event) {
      const sourceArn = bucketOf(event);
      const body = JSON.stringify(event);
      if (isA("sqs", targetArn)) {
        if (!queues.mayReceive(targetArn, S3_PRINCIPAL, sourceArn)) throw denied(targetArn, sourceArn);
        queues.send(targetArn, body);
      } else if (isA("sns", targetArn)) {
        if (!topics().mayPublish(targetArn, S3_PRINCIPAL, sourceArn)) throw denied(targetArn, sourceArn);
        await topics().publish(targetArn, body);
      } else if (isA("lambda", targetArn)) {
        const source = { kind: "service", principal: S3_PRINCIPAL, sourceArn } as const;
        await lambda().invoke({ functionName: targetArn, payload: body, type: "Event", source });
      } else {
        throw unknownTarget(targetArn);
      }
    },
    async alarm(actionArn, alarmArn, event) {
      const payload = JSON.stringify(event);
      if (isA("lambda", actionArn)) {
        const source = { kind: "service", principal: ALARM_PRINCIPALS.function, sourceArn: alarmArn } as const;
        await lambda().invoke({ functionName: actionArn, payload, type: "Event", source });
      } else if (isA("sns", actionArn)) {
        // As on AWS, a notification is dropped when the topic does not exist or does not allow it.
        if (topics().mayPublish(actionArn, ALARM_PRINCIPALS.topic, alarmArn))
          await topics().publish(actionArn, payload);
      } else {
        throw unknownTarget(actionArn);
      }
    },
    async message(targetArn, body, attributes = {}) {
      if (isA("sqs", targetArn)) queues.send(targetArn, body, mapValues(attributes, stringAttribute));
      else if (isA("sns", targetArn)) await topics().publish(targetArn, body);
      else throw unknownTarget(targetArn);
    },
  };
}

function stringAttribute(stringValue: string): MessageAttributes[string] {
  return { dataType: "String", stringValue };
}

function denied(targetArn: string, sourceArn: string): AwsError {
  return new AwsError("AccessDenied", `The policy of ${targetArn} does not allow S3 to send for ${sourceArn}.`, 403);
}

function isA(service: string, arn: string): boolean {
  return arn.split(":")[2] === service;
}

function bucketOf(event: object): string {
  const { Records: [record] = [], Bucket } = event as {
    Records?: { s3: { bucket: { arn: string } } }[];
    Bucket?: string;
  };
  return record?.s3.bucket.arn ?? `arn:aws:s3:::${Bucket}`;
}

function unknownTarget(arn: string): AwsError {
  return new AwsError("InvalidArgument", `The local AWS does not deliver to ${arn}.`);
}
