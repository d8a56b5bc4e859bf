import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Context } from "aws-lambda";
import { createLog } from "../../lib/log/create-log.ts";
import { History } from "../../lib/releases/history.ts";
import { LambdaReleases } from "../../lib/releases/lambda-releases.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readAlarm } from "./alarm-event.ts";
import { readConfig } from "./config.ts";
import { guard } from "./guard.ts";

// ---- Cold start ----

const config = readConfig();
const log = createLog(config.log);
const parts = {
  releases: new LambdaReleases(new LambdaClient(), config.functionName),
  history: new History(new DynamoDBClient(), config.historyTable),
  clock: systemClock,
  log,
};

// ---- Each event ----

/** Called by a CloudWatch alarm, asynchronously: Lambda tries again what throws. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  log.addContext(context);
  await guard(readAlarm(event), parts);
};
