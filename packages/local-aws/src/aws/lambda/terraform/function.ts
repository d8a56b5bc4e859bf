import type { CodeStore, StoredCode } from "../../../processes/code-store.ts";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import type { ReadObject } from "../../s3/object-reader.ts";
import { lambdaTime, parseConfiguration, rejectUnsupported } from "../configuration.ts";
import type { FunctionRegistry } from "../function-registry.ts";
import type { FunctionRunner } from "../function-runner.ts";
import { LATEST } from "../function-version.ts";
import { readPackage } from "./deployment-package.ts";
import { configurationAttributes, functionIdentifiers } from "./function-attributes.ts";
import { isCodeChanged, planFunction } from "./function-plan.ts";

export interface FunctionResourceParts {
  readonly registry: FunctionRegistry;
  readonly runner: FunctionRunner;
  readonly code: CodeStore;
  readonly clock: Clock;
  readonly readObject: ReadObject;
}

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
      ...functionIdentifiers(configuration.functionName, version),
      architectures: configuration.architectures,
    };
  };
  const storePackage = async (attributes: Attributes): Promise<StoredCode> =>
    code.put(await readPackage(attributes, readObject));
  return {
    type: "aws_lambda_function",
    fileArgument: "filename",
    identity: (attributes) => optionalText(attributes.function_name),
    plan: (planned, prior, { config }) => planFunction(planned, prior, config),
    async create(planned) {
      rejectUnsupported(planned);
      return deploy(planned, await storePackage(planned));
    },
    async update(planned, prior) {
      rejectUnsupported(planned);
      const stored = { codeSha256: text(prior.code_sha256), codeSize: Number(prior.source_code_size) };
      const isKept = !isCodeChanged(planned, prior) && code.has(stored.codeSha256);
      return deploy(planned, isKept ? stored : await storePackage(planned));
    },
    async start(attributes) {
      const configuration = parseConfiguration(attributes);
      const { functionName } = configuration;
      if (!code.has(configuration.codeSha256)) await storePackage(attributes);
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
        ...configurationAttributes(configuration),
        // AWS does not distinguish null and "", but Terraform does.
        description: configuration.description || (attributes.description ?? null),
        environment:
          Object.keys(configuration.environment).length > 0 ? [{ variables: configuration.environment }] : [],
        code_sha256: configuration.codeSha256,
        source_code_size: configuration.codeSize,
        ...(attributes.publish === true && functionIdentifiers(functionName, version)),
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
        ...functionIdentifiers(configuration.functionName, version),
        ...configurationAttributes(configuration),
      };
    },
  };
}
