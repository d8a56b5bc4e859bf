import * as v from "valibot";
import { databaseSettings, databaseVariables } from "../database/settings.ts";
import { parseEnvironment } from "../environment/parse-environment.ts";
import { logVariables } from "../log/create-log.ts";

const schema = v.pipe(
  v.object({
    ...logVariables,
    ...databaseVariables,
    PORT: v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535)),
  }),
  v.transform((variables) => ({
    log: variables,
    database: databaseSettings(variables),
    port: variables.PORT,
  })),
);

/**
 * The settings of the three services.
 *
 * @throws InvalidEnvironmentError
 */
export const readConfig = () => parseEnvironment(schema, process.env);
