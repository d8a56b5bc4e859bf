import type { ALBEvent, ALBResult, Context } from "aws-lambda";
import { functionTracer as tracer } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { Shoutcloud } from "./shoutcloud.ts";

/** The timeout of the function covers two attempts and its own processing time. */
const ATTEMPT_TIMEOUT_MS = 4_000;

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const shoutcloud = new Shoutcloud({ url: config.shoutcloudUrl, timeout: ATTEMPT_TIMEOUT_MS, log, tracer });
const app = createApp(shoutcloud, systemClock, log, tracer);

// ---- Each event ----

/** Invoked by an Application Load Balancer, for requests and for its health checks. */
export const handler = async (event: ALBEvent, context: Context): Promise<ALBResult> => {
  log.addContext(context);
  return app(event);
};
