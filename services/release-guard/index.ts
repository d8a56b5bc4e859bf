import type { Context } from "aws-lambda";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { LambdaAliases } from "../../lib/releases/lambda-aliases.ts";
import { ReleaseHistory } from "../../lib/releases/release-history.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readAlarm } from "./alarm-event.ts";
import { readConfig } from "./config.ts";
import { rollBackCanary } from "./roll-back-canary.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const dependencies = {
  releases: new LambdaAliases(functionAccess, config.functionName),
  history: new ReleaseHistory(openDynamoDb(functionAccess), config.historyTable),
  clock: systemClock,
  log,
};

// ---- Each event ----

/** Invoked asynchronously by a CloudWatch alarm. Lambda retries when it throws. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  log.addContext(context);
  await rollBackCanary(readAlarm(event), dependencies);
};
