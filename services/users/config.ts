import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { openIdConnectSettings } from "../../lib/users/open-id-connect-settings.ts";
import { userTables, userVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...userVariables, OPEN_ID_CONNECT: v.optional(openIdConnectSettings) }),
  v.transform((variables) => ({
    log: variables,
    tables: userTables(variables),
    openIdConnect: variables.OPEN_ID_CONNECT,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
