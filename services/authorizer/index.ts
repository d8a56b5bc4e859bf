import type { APIGatewayRequestAuthorizerEventV2, Context } from "aws-lambda";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { openAuthenticator } from "../../lib/users/open-user-tables.ts";
import { createAuthorizer } from "./authorize.ts";
import { readConfig } from "./config.ts";

// ---- Initialization ----

const config = readConfig();
const clock = systemClock;
const log = createLog(config.log);
const authorize = createAuthorizer(
  openAuthenticator(openDynamoDb(functionAccess), config.signIn, { clock, log }),
  clock,
);

// ---- Each event ----

/** Invoked by API Gateway (REQUEST authorizer, payload format 2.0). When it throws, the caller is denied. */
export const handler = async (event: APIGatewayRequestAuthorizerEventV2, context: Context) => {
  log.addContext(context);
  try {
    const result = await authorize(event);
    log.info("Authorized", { outcome: result.context.outcome, requestId: event.requestContext.requestId });
    return result;
  } catch (error) {
    log.error("Authorization failed", { error: describeError(error) });
    throw error;
  }
};
