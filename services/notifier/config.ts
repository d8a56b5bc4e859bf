import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const seconds = v.pipe(text, v.toNumber(), v.integer(), v.minValue(1));

const schema = v.pipe(
  v.object({
    ...logVariables,
    ADDRESSES_SECRET_ARN: text,
    ENVIRONMENT: text,
    DIGEST_WINDOW_SECONDS: seconds,
    QUEUE_URL: text,
    RETRY_SECONDS: seconds,
    TABLE_NAME: text,
    WEBHOOK_SCHEME: v.picklist(["https", "http"]),
  }),
  v.transform((variables) => ({
    log: variables,
    addressesSecretArn: variables.ADDRESSES_SECRET_ARN,
    window: variables.DIGEST_WINDOW_SECONDS * 1_000,
    environment: variables.ENVIRONMENT,
    queueUrl: variables.QUEUE_URL,
    retrySeconds: variables.RETRY_SECONDS,
    table: variables.TABLE_NAME,
    scheme: variables.WEBHOOK_SCHEME,
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
