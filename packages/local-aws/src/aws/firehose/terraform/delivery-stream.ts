import { block, blocks, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import { DESTINATION_ID, type DeliveryStream, type Transformation } from "../delivery-stream.ts";
import { evaluatePrefix } from "../object-key.ts";
import type { FirehoseContext } from "../operations/context.ts";

const MEGABYTE = 1_024 * 1_024;
/** The defaults of AWS: https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const DEFAULT_BUFFER = { seconds: 300, megabytes: 5 };
/** https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html */
const DEFAULT_RETRIES = 3;
const DEFAULT_BATCH_MEGABYTES = 1;

/** Streams to buckets run. Streams to other destinations are only recorded. */
export function deliveryStreamResource({ streams }: FirehoseContext): ResourceHandler {
  return {
    type: "aws_kinesis_firehose_delivery_stream",
    identifiers: { arn: "firehose:*:deliverystream/{name}", arnIsId: true },
    identity: ({ name }) => optionalText(name),
    create(planned) {
      checkDefinition(planned);
      return { destination_id: DESTINATION_ID, version_id: "1" };
    },
    update(planned) {
      checkDefinition(planned);
      return {};
    },
    start(attributes) {
      const definition = definitionOf(attributes);
      if (definition) streams.put(definition);
    },
    delete: ({ name }) => streams.delete(text(name)),
  };
}

function checkDefinition(attributes: Attributes): void {
  const definition = definitionOf(attributes);
  if (!definition) return;
  evaluatePrefix(definition.prefix, { time: 0 });
  evaluatePrefix(definition.errorPrefix, { time: 0, errorType: "processing-failed" });
  if (/!\{/.test(definition.prefix) && !/!\{firehose:error-output-type\}/.test(definition.errorPrefix)) {
    throw new AwsError(
      "InvalidArgumentException",
      "ErrorOutputPrefix must contain !{firehose:error-output-type} when Prefix contains an expression.",
    );
  }
}

function definitionOf(attributes: Attributes): DeliveryStream | undefined {
  if (attributes.destination !== "extended_s3") return undefined;
  const settings = block(attributes.extended_s3_configuration);
  return {
    name: text(attributes.name),
    roleArn: text(settings.role_arn),
    bucket: text(settings.bucket_arn).replace("arn:aws:s3:::", ""),
    prefix: text(settings.prefix),
    errorPrefix: text(settings.error_output_prefix),
    bufferInterval: number(settings.buffering_interval, DEFAULT_BUFFER.seconds),
    bufferSize: number(settings.buffering_size, DEFAULT_BUFFER.megabytes) * MEGABYTE,
    compression: compressionOf(settings.compression_format),
    fileExtension: text(settings.file_extension),
    transformation: transformationOf(block(settings.processing_configuration)),
    version: text(attributes.version_id) || "1",
  };
}

function compressionOf(format: unknown): DeliveryStream["compression"] {
  if (format === "GZIP") return "GZIP";
  if (format === "UNCOMPRESSED" || format === null || format === undefined) return "UNCOMPRESSED";
  throw unsupported(`the compression format ${format}`, { code: "InvalidArgumentException" });
}

function transformationOf({ enabled, processors }: Attributes): Transformation | undefined {
  if (enabled !== true) return undefined;
  const [processor, ...others] = blocks(processors);
  if (!processor) return undefined;
  if (processor.type !== "Lambda" || others.length > 0) {
    throw unsupported("processors of delivery streams other than one of the type Lambda", {
      code: "InvalidArgumentException",
    });
  }
  const parameters = new Map(
    blocks(processor.parameters).map(({ parameter_name, parameter_value }) => [parameter_name, text(parameter_value)]),
  );
  return {
    functionArn: parameters.get("LambdaArn") ?? "",
    retries: Number(parameters.get("NumberOfRetries") ?? DEFAULT_RETRIES),
    batchSize: Number(parameters.get("BufferSizeInMBs") ?? DEFAULT_BATCH_MEGABYTES) * MEGABYTE,
  };
}
