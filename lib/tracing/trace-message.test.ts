import type { SQSRecord } from "aws-lambda";
import { expect, it } from "vitest";
import { createRecorder, SAMPLED } from "./testing/recorder.ts";
import { traceMessage } from "./trace-message.ts";

const message = (AWSTraceHeader?: string) =>
  ({ messageId: "m-1", body: "hunter2", attributes: { AWSTraceHeader } }) as unknown as SQSRecord;

it("finds the message by the trace of its sender", async () => {
  const { tracer, documents } = createRecorder();
  const root = "1-6759e988-bd862e3fe1be46a994272793";
  const handled = await traceMessage(tracer, message(`Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`), async () => 1);
  await traceMessage(tracer, message(), async () => 2);
  expect(handled).toBe(1);
  expect(documents).toMatchObject([
    { name: "Message", trace_id: SAMPLED.root, annotations: { message_id: "m-1", sender_trace_id: root } },
    { name: "Message", annotations: { message_id: "m-1" } },
  ]);
  expect(JSON.stringify(documents)).not.toContain("hunter2");
});
