import type { SQSRecord } from "aws-lambda";
import { parseTraceHeader } from "./trace-header.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Handles a message of a queue as a subsegment, which is found by the trace in which the message was sent. Lambda links
 * the traces of a batch, and not each of its messages.
 */
export const traceMessage = <T>(tracer: Tracer, message: SQSRecord, handle: () => Promise<T>): Promise<T> => {
  const sender_trace_id = parseTraceHeader(message.attributes.AWSTraceHeader)?.root;
  return tracer.subsegment("Message", { annotations: { message_id: message.messageId, sender_trace_id } }, handle);
};
