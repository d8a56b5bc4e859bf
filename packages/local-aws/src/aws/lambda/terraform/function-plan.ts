import { optionalText } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { functionArn, invokeArn } from "../configuration.ts";
import { LATEST } from "../function-version.ts";
import { functionIdentifiers } from "./function-attributes.ts";

/** Arguments whose change means a new deployment package. */
const CODE_ARGUMENTS = ["filename", "source_code_hash", "s3_bucket", "s3_key", "s3_object_version", "architectures"];
/** Arguments whose change publishes a new version if `publish` is set. */
const CONFIGURATION_ARGUMENTS = [
  "dead_letter_config",
  "description",
  "environment",
  "ephemeral_storage",
  "handler",
  "kms_key_arn",
  "layers",
  "logging_config",
  "memory_size",
  "role",
  "runtime",
  "timeout",
  "tracing_config",
  "vpc_config",
];

/** Sets what is known about a function before it is deployed, and `UNKNOWN` for what the deployment will change. */
export function planFunction(planned: Attributes, prior: Attributes | null, config: Attributes): void {
  const functionName = optionalText(planned.function_name);
  if (prior === null) {
    if (functionName === undefined) return;
    planned.arn = functionArn(functionName);
    planned.invoke_arn = invokeArn(functionArn(functionName));
    if (planned.publish === false) Object.assign(planned, functionIdentifiers(functionName, LATEST));
    return;
  }
  const changed = (names: readonly string[]) => names.some((name) => isDifferent(planned[name], prior[name]));
  const codeChanged = isCodeChanged(planned, prior);
  if (codeChanged) {
    Object.assign(planned, { code_sha256: UNKNOWN, source_code_size: UNKNOWN });
    if (config.source_code_hash === null) planned.source_code_hash = UNKNOWN;
  }
  if (!codeChanged && !changed(CONFIGURATION_ARGUMENTS) && !changed(["publish"])) return;
  planned.last_modified = UNKNOWN;
  if (planned.publish !== false) {
    Object.assign(planned, { version: UNKNOWN, qualified_arn: UNKNOWN, qualified_invoke_arn: UNKNOWN });
  } else if (functionName !== undefined) Object.assign(planned, functionIdentifiers(functionName, LATEST));
}

/** Whether the change of a function includes its deployment package. */
export function isCodeChanged(planned: Attributes, prior: Attributes): boolean {
  return CODE_ARGUMENTS.some((name) => isDifferent(planned[name], prior[name]));
}

function isDifferent(planned: unknown, prior: unknown): boolean {
  return planned === UNKNOWN || JSON.stringify(planned ?? null) !== JSON.stringify(prior ?? null);
}
