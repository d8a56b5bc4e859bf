import type { RestInput } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";

/** @throws AwsError `ValidationException` when the body is not JSON. */
export function parseBody({ body }: RestInput): unknown {
  try {
    return JSON.parse(body || "{}");
  } catch {
    throw new AwsError("ValidationException", "The request body is not valid JSON.");
  }
}
