import * as v from "valibot";
import { functionTracer } from "../aws/environment.ts";
import { text } from "../environment/parse-environment.ts";
import { systemClock } from "../time/clock.ts";
import type { Tracer } from "../tracing/tracer.ts";
import { JsonLog, type LogLevel } from "./json-log.ts";

/** The variables of every program, to be spread into the program's own schema. */
export const logVariables = {
  SERVICE_NAME: text,
  LOG_LEVEL: v.optional(v.picklist(["DEBUG", "INFO", "WARN", "ERROR"]), "INFO"),
};

/**
 * The log of a program. The handler of a Lambda function passes the context of each event to `addContext`.
 *
 * @param tracer whose current trace the entries name
 */
export const createLog = (
  variables: { readonly SERVICE_NAME: string; readonly LOG_LEVEL: LogLevel },
  tracer: Pick<Tracer, "traceId"> = functionTracer,
): JsonLog =>
  new JsonLog(variables.SERVICE_NAME, variables.LOG_LEVEL, systemClock, tracer, (line) => process.stdout.write(line));
