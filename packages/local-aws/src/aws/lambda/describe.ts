import { arn } from "../../runtime/account.ts";
import { type FunctionConfiguration, functionArn } from "./configuration.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import { parseFunctionName } from "./function-name.ts";
import { type Alias, type FunctionVersion, LATEST } from "./function-registry.ts";
import type { Permission } from "./permissions.ts";

/** A function as `GetFunctionConfiguration` shows it. `arnOf` is its ARN as the caller asked for it. */
export function describeFunction({ version, configuration }: FunctionVersion, arnAsAsked: string) {
  const { environment, deadLetterTarget, logging } = configuration;
  return {
    FunctionName: configuration.functionName,
    FunctionArn: arnAsAsked,
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

export function describeVersion(entry: FunctionVersion) {
  return describeFunction(entry, functionArn(entry.configuration.functionName, entry.version));
}

export function describeLatest(configuration: FunctionConfiguration) {
  return describeFunction({ version: LATEST, configuration }, functionArn(configuration.functionName));
}

export function describeAlias(alias: Alias) {
  const weights = alias.additionalVersionWeights;
  return {
    AliasArn: functionArn(alias.functionName, alias.name),
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: weights } }),
    RevisionId: alias.revisionId,
  };
}

export function describeMapping(mapping: EventSourceMapping) {
  const { name, qualifier } = parseFunctionName(mapping.functionReference);
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: arn("lambda", `event-source-mapping:${mapping.uuid}`),
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

/** The resource policy as IAM writes it. */
export function describePolicy(permissions: readonly Permission[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "default",
    Statement: permissions.map(
      ({ functionName, qualifier, statementId, action, principal, sourceArn, sourceAccount }) => ({
        Sid: statementId,
        Effect: "Allow",
        Principal: principal === "*" ? "*" : { [principal.includes(".") ? "Service" : "AWS"]: principal },
        Action: action,
        Resource: functionArn(functionName, qualifier),
        ...((sourceArn !== undefined || sourceAccount !== undefined) && {
          Condition: {
            ...(sourceArn !== undefined && { ArnLike: { "AWS:SourceArn": sourceArn } }),
            ...(sourceAccount !== undefined && { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
          },
        }),
      }),
    ),
  });
}
