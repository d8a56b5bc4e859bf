import { AwsError } from "../../runtime/error.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";

/** On whose right something is sent to a target. */
export type Sender =
  /** The service itself: the target's own policy must let it in. */
  | { readonly kind: "service"; readonly principal: string; readonly sourceArn: string }
  /** A role: its policies must allow the action. `authorize` throws when they do not. */
  | { readonly kind: "role"; readonly authorize: (action: string, resource: string) => void };

/** The services that can be targets. */
export interface TargetServices {
  readonly lambda: LambdaInvoker;
  readonly queues: {
    send(queueArn: string, body: string, attributes?: MessageAttributes): void;
    mayReceive(queueArn: string, servicePrincipal: string, sourceArn: string): boolean;
  };
  readonly topics: {
    publish(topicArn: string, message: string): Promise<string>;
    mayPublish(topicArn: string, servicePrincipal: string, sourceArn: string): boolean;
  };
  readonly logs: LogSink;
}

/** Something that could not be sent, for the dead-letter queue. */
export interface Undelivered {
  readonly payload: string;
  readonly error: AwsError;
  /** The attributes that the service adds to the message beside the error's. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Sends what EventBridge's rules and schedules have for their targets: functions, queues, topics and log groups. */
export class TargetDelivery {
  readonly #services: TargetServices;

  constructor(services: TargetServices) {
    this.#services = services;
  }

  /** @throws AwsError when the target is not there, does not let the sender in or is of a kind that the stand-in does not have. */
  async send(targetArn: string, payload: string, sender: Sender): Promise<void> {
    const { lambda, topics, logs } = this.#services;
    switch (targetArn.split(":")[2]) {
      case "lambda": {
        if (sender.kind === "role") sender.authorize("lambda:InvokeFunction", targetArn);
        const source = sender.kind === "role" ? ({ kind: "caller" } as const) : sender;
        await lambda.invoke({ functionName: targetArn, payload, type: "Event", source });
        return;
      }
      case "sqs":
        this.#sendToQueue(targetArn, payload, sender);
        return;
      case "sns":
        if (sender.kind === "role") sender.authorize("sns:Publish", targetArn);
        else if (!topics.mayPublish(targetArn, sender.principal, sender.sourceArn)) throw denied(targetArn, sender);
        await topics.publish(targetArn, payload);
        return;
      case "logs": {
        const [, group = ""] = /:log-group:(.+?)(:\*)?$/.exec(targetArn) ?? [];
        logs.write(group, "events", [payload]);
        return;
      }
      default:
        throw new AwsError("InvalidParameter", `The local stand-in does not deliver to ${targetArn}.`);
    }
  }

  /** Puts aside what could not be sent, as a message with the reason; where no queue takes it, the reason is reported. */
  putAside(queueArn: string | undefined, undelivered: Undelivered, sender: Sender, description: string): void {
    const { code, message } = undelivered.error;
    const attributes = { ...undelivered.attributes, ERROR_CODE: code, ERROR_MESSAGE: message };
    try {
      if (queueArn === undefined) throw undelivered.error;
      this.#sendToQueue(queueArn, undelivered.payload, sender, texts(attributes));
    } catch (error) {
      console.error(`${description} was lost: ${message}${error === undelivered.error ? "" : `; ${error}`}`);
    }
  }

  #sendToQueue(queueArn: string, payload: string, sender: Sender, attributes: MessageAttributes = {}): void {
    const { queues } = this.#services;
    if (sender.kind === "role") sender.authorize("sqs:SendMessage", queueArn);
    else if (!queues.mayReceive(queueArn, sender.principal, sender.sourceArn)) throw denied(queueArn, sender);
    queues.send(queueArn, payload, attributes);
  }
}

function denied(targetArn: string, { principal, sourceArn }: Extract<Sender, { kind: "service" }>): AwsError {
  return new AwsError(
    "NO_PERMISSIONS",
    `The policy of ${targetArn} does not let ${principal} send for ${sourceArn}.`,
    403,
  );
}

function texts(attributes: Readonly<Record<string, string>>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }]),
  );
}
