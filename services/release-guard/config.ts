import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({ ...logVariables, FUNCTION_NAME: text, TABLE_NAME: text }),
  v.transform((variables) => ({
    log: variables,
    functionName: variables.FUNCTION_NAME,
    historyTable: variables.TABLE_NAME,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
