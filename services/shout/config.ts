import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

const schema = v.pipe(
  v.object({ ...logVariables, SHOUTCLOUD_URL: v.pipe(v.string(), v.url()) }),
  v.transform((variables) => ({ log: variables, shoutcloudUrl: variables.SHOUTCLOUD_URL })),
);

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(schema, process.env);
