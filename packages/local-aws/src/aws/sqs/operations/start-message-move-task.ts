import { randomUUID } from "node:crypto";
import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
}

/** Moves dead letters to their source queues, or to one queue. The move is complete when the operation returns. */
export const startMessageMoveTask =
  ({ queues }: SqsContext) =>
  ({ SourceArn = "", DestinationArn }: Input, call: Call): object => {
    const source = queues.byArn(SourceArn);
    call.authorize("sqs:StartMessageMoveTask", source.arn);
    if (queues.sourcesOf(source).length === 0) {
      throw new AwsError("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
    }
    queues.redrive(source, DestinationArn);
    return {
      TaskHandle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: SourceArn })).toString("base64"),
    };
  };
