import type { RestInput } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";

/** The members that are in a request, each with any value. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws AwsError `InvalidRequestException` when the body is not a JSON object. */
export function parseInput({ body }: RestInput): Input {
  try {
    const input: unknown = JSON.parse(body || "{}");
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Input;
  } catch {
    // Reported below.
  }
  throw invalidRequest("The request body is not a JSON object.");
}

export function stringList(input: Input, member: string): readonly string[] {
  const value = input[member];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw invalidRequest(`${member} is a list of strings.`);
}

export function optionalString(input: Input, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw invalidRequest(`${member} is a string.`);
}

/** `StartTime` and `EndTime`, in seconds since the epoch. */
export function timeRange(input: Input): { readonly startTime: number; readonly endTime: number } {
  const { StartTime: startTime, EndTime: endTime } = input;
  if (typeof startTime !== "number" || typeof endTime !== "number") {
    throw invalidRequest("StartTime and EndTime are required, in seconds since the epoch.");
  }
  if (endTime < startTime) throw invalidRequest("EndTime is before StartTime.");
  return { startTime, endTime };
}

/** The token of the next page, which is a number of items. */
export function pageToken(input: Input): string | undefined {
  const token = optionalString(input, "NextToken");
  if (token === undefined || /^\d{1,9}$/.test(token)) return token;
  throw invalidRequest("NextToken is not from an earlier response.");
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequestException", message);
}
