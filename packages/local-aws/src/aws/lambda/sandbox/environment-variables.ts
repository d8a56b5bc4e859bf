import { REGION } from "../../../runtime/account.ts";
import type { SessionCredentials } from "../../iam/access-control.ts";
import type { FunctionConfiguration } from "../configuration.ts";

export interface EnvironmentSettings {
  readonly version: string;
  readonly taskRoot: string;
  readonly logStream: string;
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  readonly temporaryDirectory: string;
  /** URL of the gateway, for the AWS SDK in the function. */
  readonly endpoint: string;
  readonly credentials: SessionCredentials;
  /** Local ports of public servers, by their `host:port`. */
  readonly localHosts?: Readonly<Record<string, number>> | undefined;
  /** `host:port` of the X-Ray daemon. */
  readonly xrayDaemon?: string | undefined;
}

/**
 * All environment variables of a function: those that Lambda defines, and the function's own. Variables of the host are
 * not passed on.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  settings: EnvironmentSettings,
): Record<string, string> {
  const { credentials } = settings;
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    TMPDIR: settings.temporaryDirectory,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...(settings.xrayDaemon && { AWS_XRAY_DAEMON_ADDRESS: settings.xrayDaemon }),
    ...configuration.environment,
    LAMBDA_TASK_ROOT: settings.taskRoot,
    _HANDLER: configuration.handler,
    AWS_LAMBDA_RUNTIME_API: settings.runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: settings.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: settings.logStream,
    AWS_LAMBDA_LOG_FORMAT: configuration.logging.format,
    ...(configuration.logging.applicationLevel && { AWS_LAMBDA_LOG_LEVEL: configuration.logging.applicationLevel }),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL: settings.endpoint,
    ...(settings.localHosts && { LOCAL_HOSTS: JSON.stringify(settings.localHosts) }),
  };
}
