import { Logger } from "@aws-lambda-powertools/logger";
import * as v from "valibot";
import { text } from "../environment/parse-environment.ts";

/** The variables of every program, to be spread into the program's own schema. */
export const logVariables = {
  POWERTOOLS_SERVICE_NAME: text,
  LOG_LEVEL: v.optional(v.picklist(["DEBUG", "INFO", "WARN", "ERROR"]), "INFO"),
};

/** The log of a program. The handler of a Lambda function passes the context of each event to `addContext`. */
export const createLog = (
  variables: v.InferOutput<v.ObjectSchema<typeof logVariables, undefined>>,
): Pick<Logger, "addContext" | "debug" | "info" | "warn" | "error"> =>
  new Logger({ serviceName: variables.POWERTOOLS_SERVICE_NAME, logLevel: variables.LOG_LEVEL });
