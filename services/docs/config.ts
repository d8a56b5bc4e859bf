import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";
import { bucketOrigin, bucketOriginVariables } from "../../lib/objects/bucket-origin.ts";

const schema = v.pipe(
  v.object({ ...logVariables, ...bucketOriginVariables }),
  v.transform((variables) => ({ log: variables, bucketOrigin: bucketOrigin(variables) })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
