import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { openIdConnectSettings } from "../../lib/users/open-id-connect-settings.ts";
import { userTables, userVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({
    ...userVariables,
    OPEN_ID_CONNECT: v.optional(openIdConnectSettings),
    SIGN_IN_OVER_HTTP: v.picklist(["true", "false"]),
  }),
  v.transform((variables) => ({
    tables: userTables(variables),
    openIdConnect: variables.OPEN_ID_CONNECT,
    signInOverHttp: variables.SIGN_IN_OVER_HTTP === "true",
  })),
);

/**
 * The settings that only this service has.
 *
 * @throws InvalidEnvironmentError
 */
export const readResetConfig = () => parseEnvironment(schema, process.env);
