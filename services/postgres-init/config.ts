import * as v from "valibot";
import { databaseSettings, databaseVariables } from "../../lib/database/settings.ts";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import type { ApplicationName } from "./applications.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...databaseVariables, MASTER_SECRET_ARN: text, SUM_DATABASE_SECRET_ARN: text }),
  v.transform((variables) => ({
    log: variables,
    database: databaseSettings(variables),
    masterSecretArn: variables.MASTER_SECRET_ARN,
    applicationSecretArns: {
      files: variables.DATABASE_SECRET_ARN,
      sum: variables.SUM_DATABASE_SECRET_ARN,
    } satisfies Record<ApplicationName, string>,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
