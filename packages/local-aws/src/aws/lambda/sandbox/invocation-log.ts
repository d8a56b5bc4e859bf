import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { parseTraceHeader } from "../../../http/trace-header.ts";

/** What `X-Amz-Log-Type: Tail` returns: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES = 4_096;

export interface Report {
  readonly requestId: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; only of a cold start. */
  readonly initDuration: number | undefined;
  /** MB. */
  readonly memorySize: number;
  /** MB. */
  readonly maxMemoryUsed: number;
  readonly status: "success" | "timeout" | "error";
  readonly errorType?: string | undefined;
  /** Of an invocation that is traced. */
  readonly tracing?: { readonly traceHeader: string; readonly segmentId: string } | undefined;
}

/** The log of an execution environment: the output of the function and the platform's own lines, as text or JSON. */
export class InvocationLog {
  readonly #write: (messages: readonly string[]) => void;
  readonly #json: boolean;
  #partial = { stdout: "", stderr: "" };
  #tail = "";

  constructor(write: (messages: readonly string[]) => void, format: "Text" | "JSON") {
    this.#write = write;
    this.#json = format === "JSON";
  }

  /** The last 4 KB of the log since the last {@link InvocationLog.start}. */
  get tail(): string {
    return this.#tail;
  }

  /** Logs the lines of an output stream. */
  follow(name: "stdout" | "stderr", stream: Readable): void {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (this.#partial[name] + chunk).split("\n");
      this.#partial[name] = lines.pop() ?? "";
      // The runtime writes a carriage return for a line break within a message.
      this.#append(lines.map((line) => line.replaceAll("\r", "\n")));
    });
  }

  initStart(version: string): void {
    this.#platform(`INIT_START Runtime Version: ${version}`, "initStart", { runtimeVersion: version });
  }

  initReport(duration: number, status: "timeout" | "error", errorType: string): void {
    this.#platform(
      `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: init\tStatus: ${status}\tError Type: ${errorType}`,
      "initReport",
      { phase: "init", status, errorType, metrics: { durationMs: duration } },
    );
  }

  start(requestId: string, version: string): void {
    this.#tail = "";
    this.#platform(`START RequestId: ${requestId} Version: ${version}`, "start", { requestId, version });
  }

  timedOut(requestId: string, seconds: number, now: number): void {
    if (!this.#json) {
      this.#append([
        `${new Date(now).toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds\n`,
      ]);
    }
  }

  /** Logs the end of an invocation, after the remaining output of the function. */
  async report(report: Report): Promise<void> {
    await this.#drain();
    const { requestId, duration, initDuration, memorySize, maxMemoryUsed, status, errorType, tracing } = report;
    const billed = Math.ceil(duration + (initDuration ?? 0));
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${duration.toFixed(2)} ms`,
      `Billed Duration: ${billed} ms`,
      `Memory Size: ${memorySize} MB`,
      `Max Memory Used: ${maxMemoryUsed} MB`,
      ...(initDuration === undefined ? [] : [`Init Duration: ${initDuration.toFixed(2)} ms`]),
      ...(status === "success" ? [] : [`Status: ${status}`]),
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    const metrics = {
      durationMs: duration,
      billedDurationMs: billed,
      memorySizeMB: memorySize,
      maxMemoryUsedMB: maxMemoryUsed,
      initDurationMs: initDuration,
    };
    if (!this.#json) this.#append([`END RequestId: ${requestId}`]);
    const traced = tracing && traceFields(tracing);
    this.#platform(`${fields.join("\t")}\t${traced ? `\n${traced.text}` : ""}`, "report", {
      requestId,
      status,
      errorType,
      metrics,
      tracing: traced?.record,
    });
  }

  #platform(text: string, type: string, record: unknown): void {
    const json = () => JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record });
    this.#append([this.#json ? json() : text]);
  }

  /** Data in a pipe is read within two turns of the event loop. An incomplete line is logged as a line. */
  async #drain(): Promise<void> {
    await setImmediate();
    await setImmediate();
    this.#append(Object.values(this.#partial).filter((line) => line !== ""));
    this.#partial = { stdout: "", stderr: "" };
  }

  #append(lines: readonly string[]): void {
    const messages = lines.map((line) => `${line}\n`);
    this.#tail = Buffer.from(this.#tail + messages.join(""))
      .subarray(-TAIL_BYTES)
      .toString();
    this.#write(messages);
  }
}

/**
 * The trace in a REPORT line, and in the record of JSON logs.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
function traceFields({ traceHeader, segmentId }: NonNullable<Report["tracing"]>) {
  return {
    text: `XRAY TraceId: ${parseTraceHeader(traceHeader)?.root}\tSegmentId: ${segmentId}\tSampled: true\t`,
    record: { spanId: segmentId, type: "X-Amzn-Trace-Id", value: traceHeader },
  };
}
