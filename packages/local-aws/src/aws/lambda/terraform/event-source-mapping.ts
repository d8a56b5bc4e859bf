import { randomUUID } from "node:crypto";
import { block, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import { functionArn } from "../configuration.ts";
import { type EventSourceMapping, eventSourceMappingArn } from "../event-source-mapping.ts";
import type { EventSourceMappings } from "../event-source-mappings.ts";
import { parseFunctionName } from "../function-name.ts";
import type { FunctionRegistry } from "../function-registry.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const DEFAULT_BATCH_SIZE = 10;
/** The error of unsupported arguments. */
const INVALID = { code: "InvalidParameterValueException" };

/** Only SQS queues are supported as event sources. */
export function eventSourceMappingResource(
  registry: FunctionRegistry,
  mappings: EventSourceMappings,
  clock: Clock,
): ResourceHandler {
  const computed = (planned: Attributes): Attributes => {
    const { name, qualifier } = parseFunctionName(text(planned.function_name));
    registry.resolve(text(planned.function_name));
    return {
      function_arn: functionArn(name, qualifier),
      last_modified: new Date(clock.now()).toISOString(),
      last_processing_result: "",
      state: planned.enabled === false ? "Disabled" : "Enabled",
      state_transition_reason: "USER_INITIATED",
    };
  };
  return {
    type: "aws_lambda_event_source_mapping",
    identity: ({ event_source_arn, function_name }) => `${text(event_source_arn)} ${text(function_name)}`,
    plan(planned, prior) {
      if (prior === null) return;
      planned.last_modified = UNKNOWN;
      if (planned.enabled !== prior.enabled) planned.state = UNKNOWN;
      if (planned.function_name !== prior.function_name) planned.function_arn = UNKNOWN;
    },
    create(planned) {
      rejectUnsupported(planned);
      const uuid = randomUUID();
      return { ...computed(planned), id: uuid, uuid, arn: eventSourceMappingArn(uuid) };
    },
    update(planned) {
      rejectUnsupported(planned);
      return computed(planned);
    },
    start: (attributes) => mappings.put(mappingOf(attributes)),
    delete: (attributes) => mappings.delete(text(attributes.uuid)),
  };
}

function rejectUnsupported(planned: Attributes): void {
  const source = text(planned.event_source_arn);
  if (!source.startsWith("arn:aws:sqs:")) throw unsupported(`event sources other than SQS queues (${source})`, INVALID);
  if (Array.isArray(planned.filter_criteria) && planned.filter_criteria.length > 0)
    throw unsupported("filter_criteria", INVALID);
  const [batchSize, window] = [
    planned.batch_size ?? DEFAULT_BATCH_SIZE,
    planned.maximum_batching_window_in_seconds ?? 0,
  ];
  if (Number(batchSize) > 10 && Number(window) < 1) {
    throw new AwsError(
      "InvalidParameterValueException",
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  }
}

function mappingOf(attributes: Attributes): EventSourceMapping {
  const concurrency = block(attributes.scaling_config).maximum_concurrency;
  return {
    uuid: text(attributes.uuid),
    eventSourceArn: text(attributes.event_source_arn),
    functionReference: text(attributes.function_name),
    enabled: attributes.enabled !== false,
    batchSize: Number(attributes.batch_size ?? DEFAULT_BATCH_SIZE),
    maximumBatchingWindow: Number(attributes.maximum_batching_window_in_seconds ?? 0),
    reportBatchItemFailures: ((attributes.function_response_types ?? []) as string[]).includes(
      "ReportBatchItemFailures",
    ),
    maximumConcurrency: typeof concurrency === "number" ? concurrency : undefined,
  };
}
