import { type FunctionConfiguration, functionArn } from "./configuration.ts";
import { type FunctionVersion, LATEST } from "./function-version.ts";

/**
 * A function as `GetFunctionConfiguration` returns it.
 *
 * @param arn with the qualifier of the request.
 */
export function functionDescription({ version, configuration }: FunctionVersion, arn: string): object {
  const { environment, deadLetterTarget, logging } = configuration;
  return {
    FunctionName: configuration.functionName,
    FunctionArn: arn,
    Runtime: configuration.runtime,
    Role: configuration.role,
    Handler: configuration.handler,
    CodeSize: configuration.codeSize,
    Description: configuration.description,
    Timeout: configuration.timeout,
    MemorySize: configuration.memorySize,
    LastModified: configuration.lastModified,
    CodeSha256: configuration.codeSha256,
    Version: version,
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
    ...(deadLetterTarget && { DeadLetterConfig: { TargetArn: deadLetterTarget } }),
    TracingConfig: { Mode: configuration.tracingMode },
    PackageType: "Zip",
    Architectures: configuration.architectures,
    EphemeralStorage: { Size: configuration.ephemeralStorage },
    LoggingConfig: { LogFormat: logging.format, LogGroup: logging.group },
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}

/** A version with its qualified ARN. */
export function versionDescription(functionVersion: FunctionVersion): object {
  const { version, configuration } = functionVersion;
  return functionDescription(functionVersion, functionArn(configuration.functionName, version));
}

/** `$LATEST` with the unqualified ARN. */
export function latestDescription(configuration: FunctionConfiguration): object {
  return functionDescription({ version: LATEST, configuration }, functionArn(configuration.functionName));
}
