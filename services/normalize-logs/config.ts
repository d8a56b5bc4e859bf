import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({ ...logVariables, NAME_PREFIX: text }),
  v.transform((variables) => ({ log: variables, namePrefix: variables.NAME_PREFIX })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
