import * as v from "valibot";
import { parseEnvironment } from "../../lib/environment/parse-environment.ts";
import { logVariables } from "../../lib/log/create-log.ts";

/** @throws InvalidEnvironmentError */
export const readConfig = () => parseEnvironment(v.object(logVariables), process.env);
