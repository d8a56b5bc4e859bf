import { randomBytes } from "node:crypto";
import { AwsError } from "../../runtime/error.ts";

/** The prefix of a delivery stream, evaluated for one object. */
export interface KeyContext {
  /** When the first record of the object arrived, in milliseconds since the epoch. */
  readonly time: number;
  /** Only in the prefix of objects with records that could not be processed. */
  readonly errorType?: string;
}

/** Appended to a prefix without an expression. */
const DEFAULT_SUFFIX = "!{timestamp:yyyy/MM/dd/HH}/";
const RANDOM_STRING_BYTES = 8;

/**
 * Evaluates the expressions in a prefix. Times are in UTC.
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 *
 * @throws AwsError `InvalidArgumentException` for an expression that is invalid or not supported.
 */
export function evaluatePrefix(prefix: string, context: KeyContext): string {
  const complete = prefix.includes("!{") ? prefix : `${prefix}${DEFAULT_SUFFIX}`;
  return complete.replace(/!\{([^}]*)\}/g, (_, expression: string) => {
    const [namespace, value = ""] = expression.split(/:(.*)/s);
    if (namespace === "timestamp") return formatTime(value, context.time);
    if (namespace === "firehose" && value === "random-string") {
      return randomBytes(RANDOM_STRING_BYTES).toString("base64url");
    }
    if (namespace === "firehose" && value === "error-output-type" && context.errorType) return context.errorType;
    throw invalid(`the expression !{${expression}}`);
  });
}

/** @param pattern of Java's DateTimeFormatter; only numeric fields and quoted text. */
function formatTime(pattern: string, time: number): string {
  const [date = "", clock = ""] = new Date(time).toISOString().split("T");
  const [yyyy = "", MM = "", dd = ""] = date.split("-");
  const [HH = "", mm = "", seconds = ""] = clock.split(":");
  const fields: Readonly<Record<string, string>> = { yyyy, MM, dd, HH, mm, ss: seconds.slice(0, 2) };
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (field, quoted: string | undefined) => {
    const value = quoted ?? fields[field];
    if (value === undefined) throw invalid(`"${field}" in the timestamp format "${pattern}"`);
    return value;
  });
}

function invalid(feature: string): AwsError {
  return new AwsError("InvalidArgumentException", `The local AWS does not support ${feature} in a prefix.`);
}
