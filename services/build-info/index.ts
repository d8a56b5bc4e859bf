import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { functionTracer as tracer } from "../../lib/aws/environment.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import type { BuildInfo } from "./build-info.ts";
import { readConfig } from "./config.ts";

/** Defined by the bundler: see `includesBuildInfo` in services/services.ts. */
declare const BUILD_INFO: BuildInfo;

// ---- Initialization ----

const log = createLog(readConfig());
const app = createApp(BUILD_INFO, systemClock, log, tracer);

// ---- Each event ----

/**
 * Invoked by API Gateway (HTTP API, payload format 2.0). Names the version that responded: an alias may route to two.
 */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  const { headers, ...response } = await app(event);
  return { ...response, headers: { ...headers, "x-function-version": context.functionVersion } };
};
