import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({ ...logVariables, AUDIT_LOG_GROUP: text }),
  v.transform((variables) => ({ log: variables, logGroup: variables.AUDIT_LOG_GROUP })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
