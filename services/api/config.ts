import * as v from "valibot";
import { cacheSettings, cacheVariables } from "../../lib/cache/settings.ts";
import { databaseSettings, databaseVariables } from "../../lib/database/settings.ts";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...databaseVariables, ...cacheVariables, BUCKET_NAME: text, AWS_REGION: text }),
  v.transform((variables) => ({
    log: variables,
    database: databaseSettings(variables),
    cache: cacheSettings(variables),
    bucket: variables.BUCKET_NAME,
    region: variables.AWS_REGION,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
