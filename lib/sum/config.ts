import * as v from "valibot";
import { databaseSettings, databaseVariables } from "../database/settings.ts";
import { parseEnvironment, text } from "../environment/parse-environment.ts";
import { logVariables } from "../log/create-log.ts";

const schema = v.pipe(
  v.object({
    ...logVariables,
    ...databaseVariables,
    TRACE_ORIGIN: text,
    TRACE_SAMPLING_RATE: v.pipe(v.string(), v.decimal(), v.transform(Number), v.minValue(0), v.maxValue(1)),
    PORT: v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535)),
  }),
  v.transform((variables) => ({
    log: variables,
    database: databaseSettings(variables),
    tracing: {
      name: variables.SERVICE_NAME,
      origin: variables.TRACE_ORIGIN,
      samplingRate: variables.TRACE_SAMPLING_RATE,
    },
    port: variables.PORT,
  })),
);

/**
 * The settings of the three services.
 *
 * @throws InvalidEnvironmentError
 */
export const readConfig = () => parseEnvironment(schema, process.env);
