import type { Attributes } from "../../../provider/resource-handler.ts";
import { type FunctionConfiguration, functionArn, invokeArn } from "../configuration.ts";

/** The attributes that identify a function and one of its versions. */
export function functionIdentifiers(functionName: string, version: string): Attributes {
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

/** The attributes that follow from a configuration. */
export function configurationAttributes(configuration: FunctionConfiguration): Attributes {
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
