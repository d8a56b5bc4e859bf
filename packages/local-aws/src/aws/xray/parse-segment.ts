import { SEGMENT_ID, TRACE_ID } from "../../http/trace-header.ts";
import type { SegmentDocument } from "./segment.ts";

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html */
const MAX_DOCUMENT_BYTES = 65_536;
const MAX_AGE_MS = 30 * 86_400_000;
const NAME = /^[\p{L}\p{N}\s_.:/%&#=+\\\-@]{1,200}$/u;
const ANNOTATION_KEY = /^[\w.]{1,500}$/;
/** Limits the recursion; the 64 KB of a document allow more. */
const MAX_DEPTH = 100;

/** Why X-Ray does not process a document. */
export class InvalidSegmentError extends Error {
  readonly code: string;
  /** Of the segment, if it could be read. */
  readonly segmentId: string | undefined;

  constructor({ code, reason }: Problem, segmentId?: string) {
    super(`Invalid segment. ErrorCode: ${code}. ${reason}`);
    this.name = "InvalidSegmentError";
    this.code = code;
    this.segmentId = segmentId;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

interface Problem {
  readonly code: string;
  readonly reason: string;
}

interface Rule extends Problem {
  readonly isMet: (part: JsonObject) => boolean;
}

/** For segments and subsegments alike, in the order in which they are checked. */
const RULES: readonly Rule[] = [
  { code: "MissingId", reason: "id is required.", isMet: ({ id }) => id !== undefined },
  { code: "InvalidId", reason: "id has 16 hexadecimal digits.", isMet: ({ id }) => isSegmentId(id) },
  { code: "MissingName", reason: "name is required.", isMet: ({ name }) => name !== undefined },
  {
    code: "InvalidName",
    reason: "name has 1 to 200 letters, numbers, whitespace and _ . : / % & # = + \\ - @",
    isMet: ({ name }) => typeof name === "string" && NAME.test(name),
  },
  {
    code: "MissingStartTime",
    reason: "start_time is required.",
    isMet: ({ start_time: start }) => start !== undefined,
  },
  {
    code: "InvalidStartTime",
    reason: "start_time is a number of seconds since the epoch.",
    isMet: ({ start_time: start }) => isTime(start),
  },
  {
    code: "InvalidInProgress",
    reason: "in_progress is a Boolean.",
    isMet: ({ in_progress: inProgress }) => isOptionalBoolean(inProgress),
  },
  {
    code: "MissingEndTime",
    reason: "Either end_time or in_progress is required.",
    isMet: ({ end_time: end, in_progress: inProgress }) => (end === undefined) === (inProgress === true),
  },
  {
    code: "InvalidEndTime",
    reason: "end_time is a number of seconds since the epoch, and not before start_time.",
    isMet: ({ start_time: start, end_time: end }) => end === undefined || (isTime(end) && end >= Number(start)),
  },
  ...["error", "fault", "throttle"].map((flag) => ({
    code: "ParseError",
    reason: `${flag} is a Boolean.`,
    isMet: (part: JsonObject) => isOptionalBoolean(part[flag]),
  })),
  ...["http", "aws", "sql", "metadata", "annotations"].map((member) => ({
    code: "ParseError",
    reason: `${member} is an object.`,
    isMet: (part: JsonObject) => part[member] === undefined || isObject(part[member]),
  })),
  ...["subsegments", "links"].map((member) => ({
    code: "ParseError",
    reason: `${member} is a list of objects.`,
    isMet: (part: JsonObject) => {
      const list = part[member];
      return list === undefined || (Array.isArray(list) && list.every(isObject));
    },
  })),
  {
    code: "InvalidAnnotation",
    reason:
      "The key of an annotation has up to 500 letters, digits, _ and . and its value is a string, number or Boolean.",
    isMet: ({ annotations }) => Object.entries(annotations ?? {}).every(isAnnotation),
  },
];

/** For documents, in addition to {@link RULES}. */
const DOCUMENT_RULES: readonly Rule[] = [
  { code: "MissingTraceId", reason: "trace_id is required.", isMet: ({ trace_id: traceId }) => traceId !== undefined },
  {
    code: "InvalidTraceId",
    reason: "trace_id has the form 1-<8 hexadecimal digits>-<24 hexadecimal digits>.",
    isMet: ({ trace_id: traceId }) => typeof traceId === "string" && TRACE_ID.test(traceId),
  },
  {
    code: "InvalidType",
    reason: 'type is absent or "subsegment".',
    isMet: ({ type }) => type === undefined || type === "subsegment",
  },
  {
    code: "MissingParentId",
    reason: "A subsegment requires parent_id.",
    isMet: ({ type, parent_id: parentId }) => type === undefined || parentId !== undefined,
  },
  {
    code: "InvalidParentId",
    reason: "parent_id has 16 hexadecimal digits.",
    isMet: ({ parent_id: parentId }) => parentId === undefined || isSegmentId(parentId),
  },
];

/**
 * Reads a segment document and checks what X-Ray requires of it.
 *
 * @param now milliseconds since the epoch.
 * @throws InvalidSegmentError
 */
export function parseSegment(document: string, now: number): SegmentDocument {
  if (Buffer.byteLength(document) > MAX_DOCUMENT_BYTES) {
    const reason = `A document has at most ${MAX_DOCUMENT_BYTES} bytes.`;
    throw new InvalidSegmentError({ code: "DocumentTooLarge", reason });
  }
  const segment = parseObject(document);
  const problem =
    DOCUMENT_RULES.find(({ isMet }) => !isMet(segment)) ??
    problemOfAge(String(segment.trace_id), now) ??
    problemOfPart(segment, 0);
  if (problem) throw new InvalidSegmentError(problem, typeof segment.id === "string" ? segment.id : undefined);
  return segment as unknown as SegmentDocument;
}

function parseObject(document: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    // Reported below.
  }
  if (isObject(value)) return value;
  throw new InvalidSegmentError({ code: "ParseError", reason: "The document is not a JSON object." });
}

/** A trace ID begins with the time of the request. */
function problemOfAge(traceId: string, now: number): Problem | undefined {
  const startedAt = Number.parseInt(traceId.slice(2, 10), 16) * 1_000;
  if (now - startedAt <= MAX_AGE_MS) return undefined;
  return { code: "InvalidTraceId", reason: "The time in trace_id is more than 30 days ago." };
}

function problemOfPart(part: JsonObject, depth: number): Problem | undefined {
  if (depth > MAX_DEPTH) {
    return { code: "ParseError", reason: `Subsegments are nested at most ${MAX_DEPTH} levels deep.` };
  }
  const broken = RULES.find(({ isMet }) => !isMet(part));
  if (broken) return broken;
  for (const subsegment of (part.subsegments ?? []) as readonly JsonObject[]) {
    const problem = problemOfPart(subsegment, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

function isAnnotation([key, value]: readonly [string, unknown]): boolean {
  return ANNOTATION_KEY.test(key) && ["string", "number", "boolean"].includes(typeof value);
}

function isSegmentId(value: unknown): boolean {
  return typeof value === "string" && SEGMENT_ID.test(value);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isOptionalBoolean(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
