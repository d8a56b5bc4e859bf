import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({
    ...logVariables,
    USERS_TABLE: text,
    CREDENTIALS_TABLE: text,
    CLIENT_SECRET_ARN: text,
    API_KEY_SECRET_ARN: text,
  }),
  v.transform((variables) => ({
    log: variables,
    usersTable: variables.USERS_TABLE,
    credentialsTable: variables.CREDENTIALS_TABLE,
    clientSecretArn: variables.CLIENT_SECRET_ARN,
    apiKeySecretArn: variables.API_KEY_SECRET_ARN,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
