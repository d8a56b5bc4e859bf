import { AwsError } from "../runtime/error.ts";
import { mapValues } from "../runtime/map-values.ts";

/** Code of the error when the policy of a target does not allow the sender. */
export const NO_PERMISSIONS = "NO_PERMISSIONS";

/** With whose permissions something is sent to a target. */
export type Sender =
  /** The service itself: the resource policy of the target must allow it. */
  | { readonly kind: "service"; readonly principal: string; readonly sourceArn: string }
  /** A role: its policies must allow the action; otherwise, `authorize` throws. */
  | { readonly kind: "role"; readonly authorize: (action: string, resource: string) => void };

/** Message attributes of the type `String`, by name. */
type StringAttributes = Readonly<Record<string, { readonly dataType: "String"; readonly stringValue: string }>>;

/** What a service sends in addition to the payload. */
interface DeliveryOptions {
  /** Of the message, when the target is a queue. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Of the message, when the target is a topic. */
  readonly subject?: string | undefined;
  /** The tracing header of the request that caused the delivery. */
  readonly traceHeader?: string | undefined;
}

/** The parts of the services that can be targets. */
export interface TargetServices {
  readonly lambda: {
    invoke(invocation: {
      readonly functionName: string;
      readonly payload: string;
      readonly type: "Event";
      readonly source: { readonly kind: "caller" } | Extract<Sender, { kind: "service" }>;
      readonly traceHeader?: string | undefined;
    }): Promise<unknown>;
  };
  readonly queues: {
    send(queueArn: string, body: string, attributes?: StringAttributes, traceHeader?: string): void;
    mayReceive(queueArn: string, servicePrincipal: string, sourceArn: string): boolean;
  };
  readonly topics: {
    publish(topicArn: string, message: string, subject?: string, traceHeader?: string): Promise<string>;
    mayPublish(topicArn: string, servicePrincipal: string, sourceArn: string): boolean;
  };
  readonly logs: {
    write(group: string, stream: string, messages: readonly string[]): void;
  };
}

/** A payload that could not be delivered, for the dead-letter queue. */
export interface FailedDelivery {
  readonly payload: string;
  readonly error: AwsError;
  /** Message attributes that the service adds to those that describe the error. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Delivers events and messages to functions, queues, topics and log groups, by ARN. */
export class TargetDelivery {
  readonly #services: TargetServices;

  constructor(services: TargetServices) {
    this.#services = services;
  }

  /** @throws AwsError when the target does not exist, does not allow the sender, or is of an unsupported service. */
  async send(
    targetArn: string,
    payload: string,
    sender: Sender,
    { attributes = {}, subject, traceHeader }: DeliveryOptions = {},
  ): Promise<void> {
    const { lambda, topics, logs } = this.#services;
    switch (serviceOf(targetArn)) {
      case "lambda": {
        if (sender.kind === "role") sender.authorize("lambda:InvokeFunction", targetArn);
        const source = sender.kind === "role" ? ({ kind: "caller" } as const) : sender;
        await lambda.invoke({ functionName: targetArn, payload, type: "Event", source, traceHeader });
        return;
      }
      case "sqs":
        this.#sendToQueue(targetArn, payload, sender, attributes, traceHeader);
        return;
      case "sns":
        if (sender.kind === "role") sender.authorize("sns:Publish", targetArn);
        else if (!topics.mayPublish(targetArn, sender.principal, sender.sourceArn)) throw denied(targetArn, sender);
        await topics.publish(targetArn, payload, subject, traceHeader);
        return;
      case "logs": {
        const [, group = ""] = /:log-group:(.+?)(:\*)?$/.exec(targetArn) ?? [];
        logs.write(group, "events", [payload]);
        return;
      }
      default:
        throw unknownTarget(targetArn);
    }
  }

  /**
   * Sends a payload with the reason of its failure to the dead-letter queue. Without a queue, or if that fails too, the
   * reason is written to stderr.
   *
   * @param description subject of the message on stderr: `The event of the rule orders for <ARN>`.
   */
  sendToDeadLetterQueue(
    queueArn: string | undefined,
    failed: FailedDelivery,
    sender: Sender,
    description: string,
  ): void {
    const { code, message } = failed.error;
    const attributes = { ...failed.attributes, ERROR_CODE: code, ERROR_MESSAGE: message };
    try {
      if (queueArn === undefined) throw failed.error;
      this.#sendToQueue(queueArn, failed.payload, sender, attributes);
    } catch (error) {
      console.error(`${description} was discarded: ${message}${error === failed.error ? "" : `; ${error}`}`);
    }
  }

  #sendToQueue(
    queueArn: string,
    payload: string,
    sender: Sender,
    attributes: Readonly<Record<string, string>>,
    traceHeader?: string,
  ): void {
    const { queues } = this.#services;
    if (sender.kind === "role") sender.authorize("sqs:SendMessage", queueArn);
    else if (!queues.mayReceive(queueArn, sender.principal, sender.sourceArn)) throw denied(queueArn, sender);
    queues.send(
      queueArn,
      payload,
      mapValues(attributes, (stringValue) => ({ dataType: "String", stringValue })),
      traceHeader,
    );
  }
}

/** The service of an ARN: `lambda`, `sqs`. */
export function serviceOf(arn: string): string | undefined {
  return arn.split(":")[2];
}

export function unknownTarget(arn: string): AwsError {
  return new AwsError("InvalidParameter", `The local AWS does not deliver to ${arn}.`);
}

function denied(targetArn: string, { principal, sourceArn }: Extract<Sender, { kind: "service" }>): AwsError {
  return new AwsError(
    NO_PERMISSIONS,
    `The policy of ${targetArn} does not allow ${principal} to send for ${sourceArn}.`,
    403,
  );
}
