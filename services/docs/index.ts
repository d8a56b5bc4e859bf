import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { functionTracer as tracer } from "../../lib/aws/environment.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import script from "./browser/main.ts?bundle";
import styles from "./browser/styles/index.css?bundle";
import { readConfig } from "./config.ts";
import { createDocument } from "./openapi/document.ts";
import { documentedServices } from "./services.ts";

// ---- Initialization: the document is generated once. ----

const { log: logSettings, bucketOrigin } = readConfig();
const log = createLog(logSettings);
const document = createDocument(documentedServices);
const app = createApp({ document, script, styles, bucketOrigin, clock: systemClock, log, tracer });

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
