import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { signInSettings, signInVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({
    ...signInVariables,
    SIGN_IN_OVER_HTTP: v.picklist(["true", "false"]),
  }),
  v.transform((variables) => ({
    signIn: signInSettings(variables),
    signInOverHttp: variables.SIGN_IN_OVER_HTTP === "true",
  })),
);

/**
 * The settings that only this service has.
 *
 * @throws InvalidEnvironmentError
 */
export const readResetConfig = () => parseEnvironment(schema, process.env);
