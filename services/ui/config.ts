import * as v from "valibot";
import { parseEnvironment, text } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { bucketOrigin } from "./bucket-origin.ts";

const schema = v.pipe(
  v.object({
    ...logVariables,
    AWS_REGION: text,
    BUCKET_NAME: text,
    /** The endpoint of the AWS SDKs, where it is not that of AWS. */
    AWS_ENDPOINT_URL: v.optional(v.pipe(v.string(), v.url())),
  }),
  v.transform((variables) => ({
    log: variables,
    bucketOrigin: bucketOrigin({
      bucket: variables.BUCKET_NAME,
      region: variables.AWS_REGION,
      endpoint: variables.AWS_ENDPOINT_URL,
    }),
  })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
