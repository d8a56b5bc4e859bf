import { parseJson } from "../../lib/json/parse-json.ts";
import { redact } from "../../lib/log/redact.ts";
import { parseTraceHeader } from "../../lib/tracing/trace-header.ts";
import { columns, type LakeEntry } from "./columns.ts";
import { postgresEntry } from "./postgres-entry.ts";

/** An event of a log group. */
export interface LogEvent {
  readonly logGroup: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

type Line = Readonly<Record<string, unknown>>;

/** In characters, so that no entry is large. */
const MAX_TEXT = 1_000;

/**
 * The row of an event in the lake: what the queries need, without the address of the client and the path of the
 * request, which are personal data. Undefined for an event that the lake does not need:
 *
 * - audit entries in the logs of functions, of which the audit log has a copy,
 * - events of the Lambda platform other than the report of an invocation,
 * - continuation lines and texts in logs of PostgreSQL.
 */
export function lakeEntry({ logGroup, timestamp, message }: LogEvent, namePrefix: string): LakeEntry | undefined {
  const content = contentOf(logGroup, message, namePrefix);
  if (content === undefined) return undefined;
  return clean({ time: new Date(timestamp).toISOString(), log_group: logGroup, ...content });
}

function contentOf(logGroup: string, message: string, namePrefix: string): LakeEntry | undefined {
  if (logGroup.startsWith("/aws/rds/")) return postgresEntry(message);
  const line = objectOf(parseJson(message));
  if (logGroup.endsWith("/audit")) return line && auditEntry(line);
  const service = serviceOf(logGroup, namePrefix);
  if (!line) return { service, message: message.trim() };
  if (logGroup.startsWith("/aws/apigateway/")) return accessEntry(line);
  if (line.audit !== undefined) return undefined;
  return typeof line.type === "string" && "record" in line ? platformEntry(service, line) : programEntry(service, line);
}

/** `/aws/lambda/nv-demo-api` → `api`, for entries that do not name their service. */
function serviceOf(logGroup: string, namePrefix: string): string {
  const name = logGroup.split("/").at(-1) ?? "";
  return name.startsWith(`${namePrefix}-`) ? name.slice(namePrefix.length + 1) : name;
}

function programEntry(service: string, line: Line): LakeEntry {
  const error = objectOf(line.error);
  const uncaught = objectOf(line.message); // An error that the runtime of Lambda logs.
  return {
    service: text(line.service) ?? service,
    level: text(line.level),
    message: text(line.message) ?? (uncaught && "Uncaught error"),
    request_id: uncaught ? undefined : text(line.requestId),
    function_request_id: text(line.function_request_id) ?? (uncaught && text(line.requestId)),
    trace_id: text(line.xray_trace_id),
    route: text(line.route),
    status: number(line.status),
    milliseconds: number(line.milliseconds),
    user_name: text(line.user),
    code: text(line.code) ?? text(error?.code),
    error_name: text(error?.name) ?? text(uncaught?.errorType),
    error_message: text(error?.message) ?? text(uncaught?.errorMessage),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
function platformEntry(service: string, { type, record }: Line): LakeEntry | undefined {
  if (type !== "platform.report") return undefined;
  const report = objectOf(record);
  const metrics = objectOf(report?.metrics);
  return {
    service,
    message: "Report",
    function_request_id: text(report?.requestId),
    trace_id: parseTraceHeader(text(objectOf(report?.tracing)?.value))?.root,
    outcome: text(report?.status),
    milliseconds: number(metrics?.durationMs),
    billed_milliseconds: number(metrics?.billedDurationMs),
    init_milliseconds: number(metrics?.initDurationMs),
    memory_mb: number(metrics?.memorySizeMB),
    max_memory_mb: number(metrics?.maxMemoryUsedMB),
  };
}

/** The formats of the access logs are in `stacks/constructs/http-api.ts`. All their values are texts. */
function accessEntry(line: Line): LakeEntry {
  return {
    service: "api-gateway",
    message: "Access",
    request_id: text(line.requestId),
    route: text(line.route),
    status: number(line.status),
    milliseconds: number(line.latency),
    error_message: line.integrationError === "-" ? undefined : text(line.integrationError),
  };
}

function auditEntry(line: Line): LakeEntry {
  return {
    service: "audit",
    message: "Audit",
    request_id: text(line.requestId),
    user_name: text(line.who),
    action: text(line.action),
    target: text(line.target),
    outcome: text(line.outcome),
    code: text(line.code),
  };
}

/** Without absent members, and without credentials in texts. Whole numbers for columns of integers. */
function clean(entry: LakeEntry): LakeEntry {
  const members = Object.entries(entry).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (typeof value === "number") return [[name, isInteger(name) ? Math.round(value) : value]];
    return [[name, redact(value).slice(0, MAX_TEXT)]];
  });
  return Object.fromEntries(members);
}

const isInteger = (name: string): boolean => (columns as Readonly<Record<string, string>>)[name] === "int";

function objectOf(value: unknown): Line | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Line) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function number(value: unknown): number | undefined {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
}
