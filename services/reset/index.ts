import { FunctionAuditLog } from "../../lib/audit/audit-log.ts";
import { serve } from "../../lib/sum/serve.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createOpenIdConnectVerifier } from "../../lib/users/open-id-connect.ts";
import { createDynamoDbClient, openAuthenticator } from "../../lib/users/open-user-tables.ts";
import { readResetConfig } from "./config.ts";
import { resetRoutes } from "./routes.ts";

const { tables, openIdConnect: provider, signInOverHttp } = readResetConfig();
const clock = systemClock;

await serve((table, log) => {
  const openIdConnect = provider && createOpenIdConnectVerifier(provider, { clock, log });
  const authenticator = openAuthenticator(createDynamoDbClient(), tables, { clock, openIdConnect });
  return resetRoutes({ table, authenticator, audit: new FunctionAuditLog(log), signInOverHttp });
});
