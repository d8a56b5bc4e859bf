import { globExpression } from "../../runtime/glob.ts";
import { invalidFilterPattern } from "./errors.ts";

type JsonCondition = (document: unknown) => boolean;

const SELECTOR = /\$(?:\.[^\s.[\]()=!<>&|"'*]+|\[\d+\]|\['[^']*'\]|\["[^"]*"\])+/y;
const STATE = /EXISTS|NOT\s+EXISTS|IS\s+NULL|IS\s+TRUE|IS\s+FALSE/iy;
const OPERATOR = /!=|>=|<=|=|>|</y;
const OPERAND = /"((?:[^"\\]|\\.)*)"|([^\s"()&|%]+)/y;

/**
 * Compiles a JSON filter pattern such as `{ $.level = "ERROR" && ($.status >= 500 || $.error.code = *) }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 *
 * @throws AwsError `InvalidParameterException`, also for regular expressions and for the selector `[*]`.
 */
export function parseJsonPattern(pattern: string): (message: string) => boolean {
  const body = /^\{(.*)\}$/s.exec(pattern)?.[1];
  if (body === undefined) throw invalidFilterPattern(pattern);
  const condition = new JsonPatternParser(pattern, body).parse();
  return (message) => {
    try {
      return condition(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

/** Reads conditions from left to right. `&&` takes precedence over `||`. */
class JsonPatternParser {
  readonly #pattern: string;
  readonly #body: string;
  #position = 0;

  constructor(pattern: string, body: string) {
    this.#pattern = pattern;
    this.#body = body;
  }

  parse(): JsonCondition {
    const condition = this.#anyOf();
    this.#read(/\s*/y);
    if (this.#position < this.#body.length) throw invalidFilterPattern(this.#pattern);
    return condition;
  }

  #anyOf(): JsonCondition {
    const alternatives = [this.#allOf()];
    while (this.#read(/\|\|/y)) alternatives.push(this.#allOf());
    return (document) => alternatives.some((alternative) => alternative(document));
  }

  #allOf(): JsonCondition {
    const conditions = [this.#condition()];
    while (this.#read(/&&/y)) conditions.push(this.#condition());
    return (document) => conditions.every((condition) => condition(document));
  }

  #condition(): JsonCondition {
    if (!this.#read(/\(/y)) return this.#comparison();
    const condition = this.#anyOf();
    this.#require(/\)/y);
    return condition;
  }

  #comparison(): JsonCondition {
    const [selector] = this.#require(SELECTOR);
    const state = this.#read(STATE)?.[0].toUpperCase().replace(/\s+/, " ");
    if (state !== undefined) return (document) => isState(select(document, selector), state);
    const [operator] = this.#require(OPERATOR);
    const [, quoted, bare = ""] = this.#require(OPERAND);
    const compare = comparison(operator, quoted?.replace(/\\(.)/g, "$1") ?? bare);
    return (document) => compare(select(document, selector));
  }

  /** The next token, if it matches the sticky expression. Skips white space before it. */
  #read(expression: RegExp): RegExpExecArray | undefined {
    const start = this.#position + (/^\s*/.exec(this.#body.slice(this.#position))?.[0].length ?? 0);
    expression.lastIndex = start;
    const match = expression.exec(this.#body);
    if (match) this.#position = expression.lastIndex;
    return match ?? undefined;
  }

  #require(expression: RegExp): RegExpExecArray {
    const match = this.#read(expression);
    if (!match) throw invalidFilterPattern(this.#pattern);
    return match;
  }
}

function isState(value: unknown, state: string): boolean {
  switch (state) {
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

/** A comparison of a selected value with the operand, in which `*` matches any text. An object equals nothing. */
function comparison(operator: string, operand: string): (value: unknown) => boolean {
  const glob = globExpression(operand, "*");
  const number = Number(operand);
  const equals = (value: unknown) =>
    typeof value === "number" && !operand.includes("*") ? value === number : glob.test(String(value));
  const holds = (value: unknown): boolean => {
    switch (operator) {
      case "=":
        return equals(value);
      case "!=":
        return !equals(value);
      case ">":
        return Number(value) > number;
      case "<":
        return Number(value) < number;
      case ">=":
        return Number(value) >= number;
      default:
        return Number(value) <= number;
    }
  };
  return (value) =>
    value === null || typeof value === "object" ? operator === "!=" : value !== undefined && holds(value);
}

/** The value at a path such as `$.a.b[0]["c.d"]`. Inherited properties, such as a length, are not values. */
function select(document: unknown, selector: string): unknown {
  const steps = [...selector.matchAll(/\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g)].map(
    ([, name, single, double, index]) => name ?? single ?? double ?? index ?? "",
  );
  return steps.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === "object" && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    document,
  );
}
