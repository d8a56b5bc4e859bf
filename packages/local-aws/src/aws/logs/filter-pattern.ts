import { AwsError } from "../../runtime/error.ts";
import { globExpression } from "../../runtime/glob.ts";

export type MessageFilter = (message: string) => boolean;

/**
 * Compiles a CloudWatch Logs filter pattern: terms and quoted phrases (all must occur), `?term` (at least one of these
 * must occur), `-term` (must not occur), and JSON patterns such as `{ $.level = "ERROR" && $.status >= 500 }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws AwsError `InvalidParameterException` for invalid patterns and for those that are not supported:
 *   space-delimited patterns, regular expressions and parentheses.
 */
export function parseFilterPattern(pattern: string | undefined): MessageFilter {
  const text = pattern?.trim() ?? "";
  if (text === "") return () => true;
  if (text.startsWith("[") || text.startsWith("%")) throw invalid(text);
  return text.startsWith("{") ? jsonFilter(text) : termFilter(text);
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

type JsonCondition = (document: unknown) => boolean;

function jsonFilter(text: string): MessageFilter {
  const body = /^\{(.*)\}$/s.exec(text)?.[1];
  if (body === undefined) throw invalid(text);
  const condition = anyOf(body, text);
  return (message) => {
    try {
      return condition(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

/** `&&` takes precedence over `||`. */
function anyOf(body: string, whole: string): JsonCondition {
  const alternatives = splitOutsideQuotes(body, "||").map((part) => {
    const conditions = splitOutsideQuotes(part, "&&").map((condition) => comparison(condition.trim(), whole));
    return (document: unknown) => conditions.every((condition) => condition(document));
  });
  return (document) => alternatives.some((alternative) => alternative(document));
}

function comparison(text: string, whole: string): JsonCondition {
  const exists = /^(\$[\w.[\]-]+)\s+(EXISTS|NOT EXISTS|IS NULL|IS TRUE|IS FALSE)$/i.exec(text);
  if (exists) {
    const [, path = "", test = ""] = exists;
    return (document) => isState(select(document, path), test.toUpperCase());
  }
  const match = /^(\$[\w.[\]-]+)\s*(!=|>=|<=|=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))$/.exec(text);
  if (!match) throw invalid(whole);
  const [, path = "", operator = "", quoted, bare = ""] = match;
  const operand = quoted?.replace(/\\(.)/g, "$1") ?? bare;
  return (document) => compare(select(document, path), operator, operand);
}

function isState(value: unknown, test: string): boolean {
  switch (test) {
    case "EXISTS":
      return value !== undefined;
    case "NOT EXISTS":
      return value === undefined;
    case "IS NULL":
      return value === null;
    case "IS TRUE":
      return value === true;
    default:
      return value === false;
  }
}

function compare(value: unknown, operator: string, operand: string): boolean {
  if (value === undefined || value === null || typeof value === "object")
    return operator === "!=" && value !== undefined;
  const [left, right] = [Number(value), Number(operand)];
  switch (operator) {
    case "=":
      return typeof value === "number" ? left === right : globExpression(operand, "*").test(String(value));
    case "!=":
      return typeof value === "number" ? left !== right : !globExpression(operand, "*").test(String(value));
    case ">":
      return left > right;
    case "<":
      return left < right;
    case ">=":
      return left >= right;
    default:
      return left <= right;
  }
}

/** The value at a path such as `$.a.b[0].c`. */
function select(document: unknown, path: string): unknown {
  const steps = path.slice(1).match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === "object" ? (value as Record<string, unknown>)[step] : undefined,
    document,
  );
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [""];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\|\||&&|[\s\S]/g)) {
    if (token === separator) parts.push("");
    else parts.push((parts.pop() ?? "") + token);
  }
  return parts;
}

function invalid(pattern: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `The filter pattern is invalid, or the local AWS does not support it: ${pattern}`,
  );
}
