import type { FunctionFailure, ServedRequest, TrafficObserver } from "@nv-demo/local-aws";
import type { Format, Terminal } from "../command-line/terminal/terminal.ts";
import { truncate, widthOf } from "../command-line/terminal/text.ts";

/** Requests between CloudFront and its origins whose other half is awaited. An aborted one may never have one. */
const MAX_AWAITED = 1_000;
const ENTRANCES: Readonly<Record<ServedRequest["entrance"], string>> = {
  "api-gateway": "API Gateway",
  cloudfront: "CloudFront",
  "load-balancer": "load balancer",
};
const TIME_WIDTH = 8;
const STATUS_WIDTH = 6;
const DURATION_WIDTH = 9;
const METHOD_WIDTH = 6;

/**
 * Prints one line for each request, with what served it, and the errors of functions with the last line of their log. A
 * request through CloudFront is one line, although CloudFront and its origin both report it.
 */
export class RequestLog implements TrafficObserver {
  isEnabled: boolean;
  readonly #terminal: Terminal;
  /** Lines that were logged while something else was drawn; undefined when lines are printed at once. */
  #held: string[] | undefined = [];
  /** What served a request at the origin, or undefined for one that CloudFront has reported first. */
  readonly #awaited = new Map<string, string | undefined>();

  constructor(terminal: Terminal, { isEnabled }: { readonly isEnabled: boolean }) {
    this.#terminal = terminal;
    this.isEnabled = isEnabled;
  }

  /** Keeps lines until {@link RequestLog.release}, because progress is drawn meanwhile. */
  hold(): void {
    this.#held ??= [];
  }

  /** Prints the lines that were held, and the next ones at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) this.#print(line);
  }

  readonly onRequest = (request: ServedRequest): void => {
    const servedBy = this.#servedBy(request);
    if (servedBy !== "awaited") this.#log(() => this.#requestLine(request, servedBy));
  };

  readonly onFunctionFailure = ({ functionName, failedAt, errorType, message, lastLogLine }: FunctionFailure): void => {
    const time = timeOf(failedAt);
    const [firstLine = ""] = message.split("\n");
    const red = (text: string) => this.#terminal.style("red", text);
    this.#log(() =>
      red(this.#fit(`${time}  ${"error".padEnd(STATUS_WIDTH)}  ${functionName}: ${errorType}: ${firstLine}`)),
    );
    if (lastLogLine === undefined) return;
    this.#log(() => red(this.#fit(`${" ".repeat(TIME_WIDTH + STATUS_WIDTH + 4)}${lastLogLine.trim()}`)));
  };

  /** `awaited` for a request whose other half prints the line, or has printed it. */
  #servedBy({ entrance, name, servedBy, cloudFrontId }: ServedRequest): string | undefined {
    if (cloudFrontId === undefined) return servedBy ?? `${ENTRANCES[entrance]} ${name}`;
    if (entrance !== "cloudfront") {
      if (this.#awaited.has(cloudFrontId)) this.#awaited.delete(cloudFrontId);
      else this.#await(cloudFrontId, servedBy ?? `${ENTRANCES[entrance]} ${name}`);
      return "awaited";
    }
    if (servedBy === undefined || servedBy === "cache") return `CloudFront ${servedBy ?? name}`;
    const origin = this.#awaited.get(cloudFrontId) ?? servedBy;
    if (this.#awaited.has(cloudFrontId)) this.#awaited.delete(cloudFrontId);
    else this.#await(cloudFrontId, undefined);
    return `CloudFront > ${origin}`;
  }

  #await(cloudFrontId: string, servedBy: string | undefined): void {
    this.#awaited.set(cloudFrontId, servedBy);
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > MAX_AWAITED && oldest !== undefined) this.#awaited.delete(oldest);
  }

  #requestLine({ receivedAt, method, path, status, duration }: ServedRequest, servedBy = ""): string {
    const { style } = this.#terminal;
    const time = timeOf(receivedAt);
    const shownStatus = style(statusFormat(status), String(status ?? "closed").padEnd(STATUS_WIDTH));
    const shownDuration = `${Math.round(duration)} ms`.padStart(DURATION_WIDTH);
    const before = `${style("dim", time)}  ${shownStatus}${shownDuration}  ${method.padEnd(METHOD_WIDTH)} `;
    const after = `  ${servedBy}`;
    const room = this.#columns - widthOf(before) - widthOf(after);
    return this.#fit(`${before}${truncate(path, Math.max(room, 12))}${style("dim", after)}`);
  }

  /** A line of a file is as long as it is. */
  get #columns(): number {
    return this.#terminal.isLive ? this.#terminal.size().columns - 1 : Number.POSITIVE_INFINITY;
  }

  #fit(line: string): string {
    return truncate(line, this.#columns);
  }

  #log(line: () => string): void {
    if (!this.isEnabled) return;
    if (this.#held) this.#held.push(line());
    else this.#print(line());
  }

  #print(line: string): void {
    this.#terminal.write(`${line}\n`);
  }
}

/** `14:05:09`, of this time zone. */
function timeOf(timestamp: number): string {
  return new Date(timestamp).toTimeString().slice(0, TIME_WIDTH);
}

function statusFormat(status: number | undefined): Format {
  if (status === undefined || status >= 500) return "red";
  if (status >= 400) return "yellow";
  return status >= 300 ? "cyan" : "green";
}
