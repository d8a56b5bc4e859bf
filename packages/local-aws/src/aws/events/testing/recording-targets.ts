import type { TargetServices } from "../../../delivery/target-delivery.ts";
import type { Invocation, InvocationResult, LambdaInvoker } from "../../lambda/invoker.ts";
import type { LogSink } from "../../logs/log-sink.ts";
import type { MessageAttributes } from "../../sqs/consumer.ts";

export interface SentMessage {
  /** ARN of a queue or topic, or name of a log group. */
  readonly target: string;
  readonly body: string;
  readonly attributes?: MessageAttributes | undefined;
}

/** Targets that record what is delivered to them. */
export class RecordingTargets implements TargetServices {
  /** Whether the resource policy of a target allows the sender. Default: no. */
  allows = (_targetArn: string, _servicePrincipal: string, _sourceArn: string): boolean => false;
  /** Called before each invocation is recorded; may throw. */
  beforeInvoke = (): void => {};
  readonly invocations: Invocation[] = [];
  readonly messages: SentMessage[] = [];

  readonly lambda: LambdaInvoker = {
    invoke: async (invocation): Promise<InvocationResult> => {
      this.beforeInvoke();
      this.invocations.push(invocation);
      return { payload: "", executedVersion: "1", logTail: "" };
    },
  };

  readonly queues: TargetServices["queues"] = {
    send: (target, body, attributes) => void this.messages.push({ target, body, attributes }),
    mayReceive: (...sender) => this.allows(...sender),
  };

  readonly topics: TargetServices["topics"] = {
    publish: async (target, body) => {
      this.messages.push({ target, body });
      return "id";
    },
    mayPublish: (...sender) => this.allows(...sender),
  };

  readonly logs: LogSink = {
    write: (target, _stream, bodies) => void this.messages.push(...bodies.map((body) => ({ target, body }))),
  };
}
