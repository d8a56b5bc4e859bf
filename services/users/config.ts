import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { signInSettings, signInVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...signInVariables }),
  v.transform((variables) => ({ log: variables, signIn: signInSettings(variables) })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
