import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn, REGION } from "../../runtime/account.ts";
import { unsupported } from "../../runtime/error.ts";

/** All of them run on the Node.js of the local AWS. */
const RUNTIMES = ["nodejs20.x", "nodejs22.x", "nodejs24.x"];
/** The error of unsupported arguments. */
const INVALID = { code: "InvalidParameterValueException" };

export interface LoggingConfiguration {
  readonly group: string;
  readonly format: "Text" | "JSON";
  /** Level of the function's own messages; only with the JSON format. */
  readonly applicationLevel?: string | undefined;
}

/** The configuration of a function. That of a published version never changes. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly description: string;
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  /** MB of `/tmp`; not enforced. */
  readonly ephemeralStorage: number;
  readonly environment: Readonly<Record<string, string>>;
  /** SHA-256 digest of the zip in Base64. */
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly architectures: readonly string[];
  readonly tracingMode: string;
  readonly deadLetterTarget?: string | undefined;
  readonly logging: LoggingConfiguration;
  /** `2022-05-01T12:11:48.443+0000`. */
  readonly lastModified: string;
}

/** @param attributes of an `aws_lambda_function`. */
export function parseConfiguration(attributes: Attributes): FunctionConfiguration {
  const functionName = text(attributes.function_name);
  const logging = block(attributes.logging_config);
  return {
    functionName,
    description: text(attributes.description),
    runtime: text(attributes.runtime),
    handler: text(attributes.handler),
    role: text(attributes.role),
    timeout: number(attributes.timeout, 3),
    memorySize: number(attributes.memory_size, 128),
    ephemeralStorage: number(block(attributes.ephemeral_storage).size, 512),
    environment: (block(attributes.environment).variables ?? {}) as Record<string, string>,
    codeSha256: text(attributes.code_sha256),
    codeSize: number(attributes.source_code_size, 0),
    architectures: Array.isArray(attributes.architectures) ? attributes.architectures : ["x86_64"],
    tracingMode: text(block(attributes.tracing_config).mode) || "PassThrough",
    deadLetterTarget: optionalText(block(attributes.dead_letter_config).target_arn),
    logging: {
      group: text(logging.log_group) || `/aws/lambda/${functionName}`,
      format: logging.log_format === "JSON" ? "JSON" : "Text",
      applicationLevel:
        optionalText(logging.application_log_level) ?? (logging.log_format === "JSON" ? "INFO" : undefined),
    },
    lastModified: text(attributes.last_modified),
  };
}

export function functionArn(functionName: string, qualifier?: string): string {
  return arn("lambda", `function:${functionName}${qualifier === undefined ? "" : `:${qualifier}`}`);
}

/** The ARN with which API Gateway invokes a function. */
export function invokeArn(invokedFunctionArn: string): string {
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${invokedFunctionArn}/invocations`;
}

/** A timestamp as Lambda formats it: ISO 8601 with `+0000` instead of `Z`. */
export function lambdaTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+0000");
}

/** @throws AwsError `InvalidParameterValueException` for layers, container images and other runtimes than Node.js. */
export function rejectUnsupported(attributes: Attributes): void {
  const { runtime, layers, package_type: packageType } = attributes;
  if (packageType === "Image" || attributes.image_uri)
    throw unsupported("container images (package_type = Image)", INVALID);
  if (Array.isArray(layers) && layers.length > 0) throw unsupported("layers", INVALID);
  if (!RUNTIMES.includes(text(runtime))) {
    throw unsupported(`the runtime ${text(runtime)}, only ${RUNTIMES.join(", ")}`, INVALID);
  }
}
