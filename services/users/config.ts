import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { userTables, userVariables } from "../../lib/users/settings.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...userVariables }),
  v.transform((variables) => ({ log: variables, tables: userTables(variables) })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
