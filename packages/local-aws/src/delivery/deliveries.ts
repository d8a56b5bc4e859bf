import { AwsError } from "../runtime/error.ts";
import { NO_PERMISSIONS, type Sender, serviceOf, type TargetDelivery, unknownTarget } from "./target-delivery.ts";

const S3_PRINCIPAL = "s3.amazonaws.com";
/** Alarms publish to topics as one service principal and invoke functions as another. */
const ALARM_PRINCIPALS = { topic: "cloudwatch.amazonaws.com", function: "lambda.alarms.cloudwatch.amazonaws.com" };

/** What an alarm sends: an event to a function, and a message with a subject to a topic. */
export interface AlarmNotification {
  readonly event: object;
  readonly message: object;
  readonly subject: string;
}

export interface Deliveries {
  /** A bucket's event, to the target that its notification names. */
  s3Event(targetArn: string, event: object, traceHeader?: string): Promise<void>;
  /** An alarm's change of state, to one of its actions. */
  alarm(actionArn: string, alarmArn: string, notification: AlarmNotification): Promise<void>;
  /** A dead letter or failed event. The permissions of the sender's role have already been checked. */
  message(targetArn: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}

/** Deliveries from service to service, each to the kinds of targets that the service supports on AWS. */
export function deliveries(delivery: TargetDelivery): Deliveries {
  const send: TargetDelivery["send"] = delivery.send.bind(delivery);
  return {
    async s3Event(targetArn, event, traceHeader) {
      requireService(targetArn, ["sqs", "sns", "lambda"]);
      const sender: Sender = { kind: "service", principal: S3_PRINCIPAL, sourceArn: bucketOf(event) };
      await send(targetArn, JSON.stringify(event), sender, { traceHeader });
    },
    async alarm(actionArn, alarmArn, { event, message, subject }) {
      requireService(actionArn, ["lambda", "sns"]);
      const isTopic = serviceOf(actionArn) === "sns";
      const principal = isTopic ? ALARM_PRINCIPALS.topic : ALARM_PRINCIPALS.function;
      try {
        const payload = JSON.stringify(isTopic ? message : event);
        await send(actionArn, payload, { kind: "service", principal, sourceArn: alarmArn }, { subject });
      } catch (error) {
        // As on AWS, a notification is dropped when the topic does not exist or does not allow it.
        if (!(isTopic && error instanceof AwsError && error.code === NO_PERMISSIONS)) throw error;
      }
    },
    async message(targetArn, body, attributes) {
      requireService(targetArn, ["sqs", "sns"]);
      await send(targetArn, body, { kind: "role", authorize: () => {} }, { attributes });
    },
  };
}

function requireService(arn: string, services: readonly string[]): void {
  if (!services.includes(serviceOf(arn) ?? "")) throw unknownTarget(arn);
}

function bucketOf(event: object): string {
  const { Records: [record] = [], Bucket } = event as {
    Records?: { s3: { bucket: { arn: string } } }[];
    Bucket?: string;
  };
  return record?.s3.bucket.arn ?? `arn:aws:s3:::${Bucket}`;
}
