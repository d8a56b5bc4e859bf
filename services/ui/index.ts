import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { functionTracer as tracer } from "../../lib/aws/environment.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import script from "./browser/main.tsx?bundle";
import styles from "./browser/styles/index.css?bundle";
import { readConfig } from "./config.ts";
import { icon } from "./icon.ts";

// ---- Initialization ----

const { log: logSettings, bucketOrigin } = readConfig();
const log = createLog(logSettings);
const app = createApp({ script, styles, icon, bucketOrigin, clock: systemClock, log, tracer });

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
