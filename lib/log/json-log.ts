import type { Context } from "aws-lambda";
import type { Clock } from "../time/clock.ts";
import type { Tracer } from "../tracing/tracer.ts";
import { describeError, type Fields, type Log } from "./log.ts";

/** The least severe level first. */
const levels = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

export type LogLevel = (typeof levels)[number];

/** The part of the context of an invocation that is logged. */
export type LoggedContext = Pick<Context, "awsRequestId" | "functionName" | "invokedFunctionArn" | "memoryLimitInMB">;

/**
 * Writes each entry as one line of JSON, which CloudWatch Logs indexes. The members are those of Powertools for AWS
 * Lambda.
 */
export class JsonLog implements Log {
  readonly #service: string;
  readonly #minimum: number;
  readonly #clock: Clock;
  readonly #write: (line: string) => void;
  readonly #tracer: Pick<Tracer, "traceId">;
  #context: Fields = {};
  #invocations = 0;

  constructor(
    service: string,
    level: LogLevel,
    clock: Clock,
    tracer: Pick<Tracer, "traceId">,
    write: (line: string) => void,
  ) {
    this.#service = service;
    this.#minimum = levels.indexOf(level);
    this.#clock = clock;
    this.#tracer = tracer;
    this.#write = write;
  }

  /** Adds the context of an invocation to every following entry. */
  addContext({ awsRequestId, functionName, invokedFunctionArn, memoryLimitInMB }: LoggedContext): void {
    this.#invocations += 1;
    this.#context = {
      cold_start: this.#invocations === 1,
      function_arn: invokedFunctionArn,
      function_memory_size: memoryLimitInMB,
      function_name: functionName,
      function_request_id: awsRequestId,
    };
  }

  debug(message: string, fields?: Fields): void {
    this.#add("DEBUG", message, fields);
  }

  info(message: string, fields?: Fields): void {
    this.#add("INFO", message, fields);
  }

  warn(message: string, fields?: Fields): void {
    this.#add("WARN", message, fields);
  }

  error(message: string, fields?: Fields): void {
    this.#add("ERROR", message, fields);
  }

  #add(level: LogLevel, message: string, fields: Fields = {}): void {
    if (levels.indexOf(level) < this.#minimum) return;
    const entry = {
      level,
      message,
      timestamp: new Date(this.#clock.now()).toISOString(),
      service: this.#service,
      ...this.#context,
      xray_trace_id: this.#tracer.traceId,
      ...fields,
    };
    this.#write(`${JSON.stringify(entry, toJson)}\n`);
  }
}

function toJson(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Error ? describeError(value) : value;
}
