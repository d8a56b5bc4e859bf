import { prettyText, valueText } from "./format.ts";

/** A log event as it is read: what it says, its details in short, and all of it. */
export interface LogMessage {
  readonly headline: string;
  /** `status=200 milliseconds=12` */
  readonly details: string;
  readonly whole: string;
  /** Written by Lambda itself. */
  readonly isPlatform: boolean;
}

/** Members of JSON logs that are the same in every line or shown elsewhere. */
const HIDDEN =
  /^(level|message|timestamp|time|service|type|record|error|sampling_rate|cold_start|function_\w+|xray_trace_id|userAgent)$/;
const IDENTIFIER = /id$|^trace$/i;
const TEXT_PLATFORM = /^(START|END|REPORT|INIT_START) /;

export function readLogMessage(message: string): LogMessage {
  const whole = prettyText(message);
  const firstLine = message.split("\n", 1)[0] ?? "";
  const document = objectIn(message);
  if (!document) return { headline: firstLine, details: "", whole, isPlatform: TEXT_PLATFORM.test(message) };
  const { type, record, message: text, error } = document;
  if (typeof type === "string" && type.startsWith("platform.")) {
    const { requestId, status, metrics } = (record ?? {}) as { requestId?: string; status?: string; metrics?: object };
    const details = pairs({ ...(status !== "success" && { status }), ...metrics, requestId });
    return { headline: type, details, whole, isPlatform: true };
  }
  const cause = (error as { message?: unknown } | undefined)?.message;
  const said = typeof text === "string" ? text : requestIn(document);
  const headline = typeof cause === "string" ? `${said}: ${cause}` : said;
  const { method, path, route, ...others } = document;
  return { headline, details: pairs(text === undefined ? others : document), whole, isPlatform: false };
}

function objectIn(message: string): Readonly<Record<string, unknown>> | undefined {
  if (!message.startsWith("{")) return undefined;
  try {
    return JSON.parse(message) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** What the line of an access log is about. */
function requestIn({ method, path, route }: Readonly<Record<string, unknown>>): string {
  const target = path ?? route;
  return typeof method === "string" && typeof target === "string" ? `${method} ${target.replace(/^[A-Z]+ /, "")}` : "";
}

/** The long identifiers last, because a line is cut at the end of the window. */
function pairs(document: Readonly<Record<string, unknown>>): string {
  return Object.entries(document)
    .filter(([name, value]) => !HIDDEN.test(name) && value !== undefined && value !== null && value !== "-")
    .sort(([a], [b]) => Number(IDENTIFIER.test(a)) - Number(IDENTIFIER.test(b)))
    .map(([name, value]) => `${name}=${shortValue(value)}`)
    .join("  ");
}

function shortValue(value: unknown): string {
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  return typeof value === "object" ? JSON.stringify(value) : valueText(value);
}
