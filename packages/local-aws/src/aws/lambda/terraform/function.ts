import { existsSync, readFileSync } from "node:fs";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { CodeStore, StoredCode } from "../code-store.ts";
import {
  type FunctionConfiguration,
  functionArn,
  invokeArn,
  lambdaTime,
  parseConfiguration,
  rejectUnsupported,
} from "../configuration.ts";
import type { FunctionRegistry } from "../function-registry.ts";
import type { FunctionRunner } from "../function-runner.ts";
import { LATEST } from "../function-version.ts";
import type { ReadObject } from "../read-object.ts";

export interface FunctionResourceParts {
  readonly registry: FunctionRegistry;
  readonly runner: FunctionRunner;
  readonly code: CodeStore;
  readonly clock: Clock;
  readonly readObject: ReadObject;
}

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

/**
 * The package of a function is copied to the data folder when the function is created or updated, and run from there.
 */
export function functionResource({
  registry,
  runner,
  code,
  clock,
  readObject,
}: FunctionResourceParts): ResourceHandler {
  /** Publishes a version if required, and returns the computed attributes. */
  const deploy = (planned: Attributes, stored: StoredCode): Attributes => {
    const lastModified = lambdaTime(clock.now());
    const computed = {
      code_sha256: stored.codeSha256,
      source_code_size: stored.codeSize,
      source_code_hash: stored.codeSha256,
      last_modified: lastModified,
    };
    const configuration = parseConfiguration({ ...planned, ...computed });
    const version = planned.publish === true ? registry.publish(configuration) : LATEST;
    return {
      ...computed,
      ...identifiers(configuration.functionName, version),
      architectures: configuration.architectures,
    };
  };
  const readPackage = async ({ filename, s3_bucket, s3_key, s3_object_version }: Attributes): Promise<StoredCode> => {
    if (typeof filename === "string") return code.put(readFile(filename));
    if (typeof s3_bucket === "string" && typeof s3_key === "string") {
      return code.put(await readObject(s3_bucket, s3_key, optionalText(s3_object_version)));
    }
    throw new AwsError("InvalidParameterValueException", "Provide the code as filename, or as s3_bucket and s3_key.");
  };
  return {
    type: "aws_lambda_function",
    fileArgument: "filename",
    identity: (attributes) => optionalText(attributes.function_name),
    plan(planned, prior, { config }) {
      const functionName = optionalText(planned.function_name);
      if (prior === null) {
        if (functionName === undefined) return;
        planned.arn = functionArn(functionName);
        planned.invoke_arn = invokeArn(functionArn(functionName));
        if (planned.publish === false) Object.assign(planned, identifiers(functionName, LATEST));
        return;
      }
      const changed = (names: readonly string[]) => names.some((name) => isDifferent(planned[name], prior[name]));
      const codeChanged = changed(CODE_ARGUMENTS);
      if (codeChanged) {
        Object.assign(planned, { code_sha256: UNKNOWN, source_code_size: UNKNOWN });
        if (config.source_code_hash === null) planned.source_code_hash = UNKNOWN;
      }
      if (!codeChanged && !changed(CONFIGURATION_ARGUMENTS) && !changed(["publish"])) return;
      planned.last_modified = UNKNOWN;
      if (planned.publish !== false) {
        Object.assign(planned, { version: UNKNOWN, qualified_arn: UNKNOWN, qualified_invoke_arn: UNKNOWN });
      } else if (functionName !== undefined) Object.assign(planned, identifiers(functionName, LATEST));
    },
    async create(planned) {
      rejectUnsupported(planned);
      return deploy(planned, await readPackage(planned));
    },
    async update(planned, prior) {
      rejectUnsupported(planned);
      const sameCode = !CODE_ARGUMENTS.some((name) => isDifferent(planned[name], prior[name]));
      const stored = { codeSha256: text(prior.code_sha256), codeSize: Number(prior.source_code_size) };
      return deploy(planned, sameCode && code.has(stored.codeSha256) ? stored : await readPackage(planned));
    },
    async start(attributes) {
      const configuration = parseConfiguration(attributes);
      const { functionName } = configuration;
      if (!code.has(configuration.codeSha256)) await readPackage(attributes);
      registry.put(configuration);
      const reserved = Number(attributes.reserved_concurrent_executions ?? -1);
      runner.reserve(functionName, reserved < 0 ? undefined : reserved);
      runner.retire(functionName, [{ version: LATEST, configuration }, ...registry.versions(functionName)]);
    },
    read(attributes) {
      const functionName = text(attributes.function_name);
      if (!registry.isChanged(functionName)) return {};
      const { configuration } = registry.version(functionName, LATEST);
      const version = registry.versions(functionName).at(-1)?.version ?? LATEST;
      return {
        ...describe(configuration),
        // AWS does not distinguish null and "", but Terraform does.
        description: configuration.description || (attributes.description ?? null),
        environment:
          Object.keys(configuration.environment).length > 0 ? [{ variables: configuration.environment }] : [],
        code_sha256: configuration.codeSha256,
        source_code_size: configuration.codeSize,
        ...(attributes.publish === true && identifiers(functionName, version)),
      };
    },
    async delete(attributes) {
      const functionName = text(attributes.function_name);
      if (attributes.skip_destroy === true) return;
      registry.delete(functionName);
      await runner.delete(functionName);
    },
  };
}

export function functionDataSource(registry: FunctionRegistry): DataSourceHandler {
  return {
    type: "aws_lambda_function",
    read({ function_name, qualifier }) {
      const { configuration, version } = registry.resolve(text(function_name), optionalText(qualifier));
      return {
        id: configuration.functionName,
        ...identifiers(configuration.functionName, version),
        ...describe(configuration),
      };
    },
  };
}

function identifiers(functionName: string, version: string): Attributes {
  const qualifiedArn = functionArn(functionName, version);
  return {
    id: functionName,
    arn: functionArn(functionName),
    invoke_arn: invokeArn(functionArn(functionName)),
    version,
    qualified_arn: qualifiedArn,
    qualified_invoke_arn: invokeArn(qualifiedArn),
    signing_job_arn: "",
    signing_profile_version_arn: "",
  };
}

function describe(configuration: FunctionConfiguration): Attributes {
  return {
    architectures: configuration.architectures,
    code_sha256: configuration.codeSha256,
    description: configuration.description,
    handler: configuration.handler,
    last_modified: configuration.lastModified,
    memory_size: configuration.memorySize,
    role: configuration.role,
    runtime: configuration.runtime,
    source_code_size: configuration.codeSize,
    timeout: configuration.timeout,
  };
}

function readFile(filename: string): Uint8Array {
  if (existsSync(filename)) return readFileSync(filename);
  throw new AwsError("InvalidParameterValueException", `The deployment package ${filename} does not exist.`);
}

function isDifferent(planned: unknown, prior: unknown): boolean {
  return planned === UNKNOWN || JSON.stringify(planned ?? null) !== JSON.stringify(prior ?? null);
}
