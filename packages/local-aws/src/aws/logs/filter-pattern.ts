import { invalidFilterPattern } from "./errors.ts";
import { parseJsonPattern } from "./json-filter-pattern.ts";

export type MessageFilter = (message: string) => boolean;

/**
 * Compiles a CloudWatch Logs filter pattern: terms and quoted phrases (all must occur), `?term` (at least one of these
 * must occur), `-term` (must not occur), and JSON patterns such as `{ $.level = "ERROR" && $.status >= 500 }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws AwsError `InvalidParameterException` for invalid patterns and for those that are not supported:
 *   space-delimited patterns and regular expressions.
 */
export function parseFilterPattern(pattern: string | undefined): MessageFilter {
  const text = pattern?.trim() ?? "";
  if (text === "") return () => true;
  if (text.startsWith("[") || text.startsWith("%")) throw invalidFilterPattern(text);
  return text.startsWith("{") ? parseJsonPattern(text) : termFilter(text);
}

function termFilter(text: string): MessageFilter {
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, sign = "", quoted, bare]) => ({
    sign,
    term: quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1"),
  }));
  const withSign = (sign: string) => terms.filter((item) => item.sign === sign).map((item) => item.term);
  const [all, some, none] = [withSign(""), withSign("?"), withSign("-")];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (some.length === 0 || some.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
}
