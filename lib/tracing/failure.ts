import type { SegmentException, SegmentFields } from "./segment.ts";
import { createSegmentId } from "./trace-id.ts";

/**
 * What a segment says about an error: whose failure it is by its status, and the names and codes of the error and its
 * causes. Their messages may contain values.
 */
export function describeFailure(error: unknown): SegmentFields {
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  return { ...statusFields(status), cause: { exceptions: exceptionsOf(error) } };
}

/** Whose failure a response with this status is. */
export function statusFields(status: number): SegmentFields {
  if (status === 429) return { error: true, throttle: true };
  if (status >= 500) return { fault: true };
  return status >= 400 ? { error: true } : {};
}

function exceptionsOf(error: unknown, id = createSegmentId()): SegmentException[] {
  if (!(error instanceof Error)) return [{ id, type: typeof error }];
  const cause = error.cause === undefined ? undefined : createSegmentId();
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const causes = cause === undefined ? [] : exceptionsOf(error.cause, cause);
  return [{ id, type: error.name, message: code, cause }, ...causes];
}
