import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { userTables, userVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...userVariables, OPEN_ID_CONNECT: v.optional(text) }),
  v.transform((variables) => ({
    log: variables,
    tables: userTables(variables),
    /** JSON; undefined without an OpenID provider. */
    openIdConnect: variables.OPEN_ID_CONNECT,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
