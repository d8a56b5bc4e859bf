import { functionArn } from "./configuration.ts";
import { type EventSourceMapping, eventSourceMappingArn } from "./event-source-mapping.ts";
import { parseFunctionName } from "./function-name.ts";

/** An event source mapping as `GetEventSourceMapping` returns it. */
export function mappingDescription(mapping: EventSourceMapping): object {
  const { name, qualifier } = parseFunctionName(mapping.functionReference);
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: eventSourceMappingArn(mapping.uuid),
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: functionArn(name, qualifier),
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.maximumBatchingWindow,
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    ...(mapping.maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency },
    }),
    State: mapping.enabled ? "Enabled" : "Disabled",
    StateTransitionReason: "USER_INITIATED",
  };
}
