import { FunctionAuditLog } from "../../lib/audit/audit-log.ts";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { serve } from "../../lib/sum/serve.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { openAuthenticator } from "../../lib/users/open-user-tables.ts";
import { readResetConfig } from "./config.ts";
import { resetRoutes } from "./routes.ts";

const { signIn, signInOverHttp } = readResetConfig();

await serve((table, { access, log }) => {
  const authenticator = openAuthenticator(openDynamoDb(access), signIn, { clock: systemClock, log });
  return resetRoutes({ table, authenticator, audit: new FunctionAuditLog(log), signInOverHttp });
});
