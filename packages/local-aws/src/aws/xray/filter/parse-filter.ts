import type { Trace } from "../trace.ts";
import { type Subject, traceSubject, type Value } from "./subject.ts";
import { invalidFilter, type Token, tokenize } from "./tokens.ts";

export type TraceFilter = (trace: Trace) => boolean;
type Condition = (subject: Subject) => boolean;

/** In characters: https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html */
const MAXIMUM = 2_000;

const FLAGS = ["ok", "error", "fault", "throttle", "partial"];
const NUMBERS = ["responsetime", "duration", "http.status"];
const TEXTS = ["http.url", "http.method", "http.useragent", "http.clientip", "user", "name", "resource.arn"];

const NUMBER_OPERATORS: Readonly<Record<string, (value: number, operand: number) => boolean>> = {
  "=": (value, operand) => value === operand,
  "!=": (value, operand) => value !== operand,
  "<": (value, operand) => value < operand,
  "<=": (value, operand) => value <= operand,
  ">": (value, operand) => value > operand,
  ">=": (value, operand) => value >= operand,
};

const TEXT_OPERATORS: Readonly<Record<string, (value: string, operand: string) => boolean>> = {
  "=": (value, operand) => value === operand,
  "!=": (value, operand) => value !== operand,
  CONTAINS: (value, operand) => value.includes(operand),
  BEGINSWITH: (value, operand) => value.startsWith(operand),
  ENDSWITH: (value, operand) => value.endsWith(operand),
};

/**
 * Parses a filter expression: keywords with operators, `annotation.key` and `annotation[key]`, `service(…)` with
 * optional conditions in braces, combined by `AND`, `OR`, `!` and parentheses.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
 *
 * @throws AwsError `InvalidRequestException`, also for keywords that the local AWS does not support, by name.
 */
export function parseFilter(expression: string): TraceFilter {
  if (expression.length > MAXIMUM) throw invalidFilter(`it has more than ${MAXIMUM} characters`);
  const parser = new Parser(tokenize(expression));
  const condition = parser.parse();
  return (trace) => condition(traceSubject(trace));
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Condition {
    const condition = this.#alternatives();
    const rest = this.#tokens[this.#position];
    if (rest) throw invalidFilter(`"${rest.value}" is not expected`);
    return condition;
  }

  #alternatives(): Condition {
    const conditions = [this.#conjunction()];
    while (this.#accept("OR")) conditions.push(this.#conjunction());
    return (subject) => conditions.some((condition) => condition(subject));
  }

  #conjunction(): Condition {
    const conditions = [this.#term()];
    while (this.#accept("AND")) conditions.push(this.#term());
    return (subject) => conditions.every((condition) => condition(subject));
  }

  #term(): Condition {
    if (this.#accept("!")) {
      const condition = this.#term();
      return (subject) => !condition(subject);
    }
    if (this.#accept("(")) {
      const condition = this.#alternatives();
      this.#expect(")");
      return condition;
    }
    const keyword = this.#word("a keyword");
    if (keyword === "service") return this.#service();
    if (keyword === "annotation" || keyword.startsWith("annotation.")) return this.#annotation(keyword);
    return this.#comparison(keyword);
  }

  /** `service("name")`, `service(id(name: "name", type: "type"))`, and conditions for its segments. */
  #service(): Condition {
    this.#expect("(");
    const wanted = this.#accept("id") ? this.#identifier() : { name: this.#text() };
    this.#expect(")");
    let condition: Condition = () => true;
    if (this.#accept("{")) {
      condition = this.#alternatives();
      this.#expect("}");
    }
    return ({ services }) =>
      services.some(
        ({ name, type, subject }) =>
          name === wanted.name && (wanted.type === undefined || type === wanted.type) && condition(subject),
      );
  }

  #identifier(): { readonly name: string; readonly type?: string | undefined } {
    const fields = new Map<string, string>();
    this.#expect("(");
    do {
      const field = this.#word("name or type");
      if (field !== "name" && field !== "type") throw unsupportedKeyword(`id(${field}: …)`);
      this.#expect(":");
      fields.set(field, this.#text());
    } while (this.#accept(","));
    this.#expect(")");
    const name = fields.get("name");
    if (name === undefined) throw invalidFilter("id() requires a name");
    return { name, type: fields.get("type") };
  }

  /** A comparison with any value of the annotation, or whether there is one. */
  #annotation(keyword: string): Condition {
    let key = keyword.slice("annotation.".length);
    if (key === "") {
      this.#expect("[");
      const { value } = this.#next("the key of an annotation");
      key = String(value);
      this.#expect("]");
    }
    const values = ({ annotations }: Subject) => annotations[key] ?? [];
    const operator = this.#operator();
    if (operator === undefined) return (subject) => values(subject).length > 0;
    const compare = comparison(operator, this.#operand());
    return (subject) => values(subject).some(compare);
  }

  #comparison(keyword: string): Condition {
    const operator = FLAGS.includes(keyword) ? undefined : this.#operator();
    if (FLAGS.includes(keyword)) {
      const isWanted = this.#accept("=") ? this.#operand() : true;
      if (typeof isWanted !== "boolean") throw invalidFilter(`${keyword} is compared with true or false`);
      return ({ flags }) => flags[keyword] === isWanted;
    }
    const isNumber = NUMBERS.includes(keyword);
    if (!isNumber && !TEXTS.includes(keyword)) throw unsupportedKeyword(keyword);
    if (operator === undefined) throw invalidFilter(`${keyword} requires an operator and a value`);
    const operand = this.#operand();
    if (typeof operand !== (isNumber ? "number" : "string")) {
      throw invalidFilter(`${keyword} is compared with a ${isNumber ? "number" : "string"}`);
    }
    const compare = comparison(operator, operand);
    return ({ values }) => (values[keyword] ?? []).some(compare);
  }

  #operator(): string | undefined {
    const token = this.#tokens[this.#position];
    const operator = token && token.kind !== "text" ? String(token.value) : "";
    if (!(operator in NUMBER_OPERATORS || operator in TEXT_OPERATORS)) return undefined;
    this.#position += 1;
    return operator;
  }

  #operand(): Value {
    const { kind, value } = this.#next("a value");
    if (kind === "text" || kind === "number") return value;
    if (value === "true" || value === "false") return value === "true";
    throw invalidFilter(`"${value}" is not a value; strings have double quotes`);
  }

  #text(): string {
    const { kind, value } = this.#next("a string");
    if (kind !== "text") throw invalidFilter(`"${value}" is not a string; strings have double quotes`);
    return value;
  }

  #word(expected: string): string {
    const { kind, value } = this.#next(expected);
    if (kind !== "word") throw invalidFilter(`${expected} is expected in place of "${value}"`);
    return value;
  }

  #next(expected: string): Token {
    const token = this.#tokens[this.#position];
    if (!token) throw invalidFilter(`${expected} is expected at the end`);
    this.#position += 1;
    return token;
  }

  #accept(value: string): boolean {
    const token = this.#tokens[this.#position];
    const isNext = token !== undefined && token.kind !== "text" && token.value === value;
    if (isNext) this.#position += 1;
    return isNext;
  }

  #expect(value: string): void {
    if (this.#accept(value)) return;
    const token = this.#tokens[this.#position];
    throw invalidFilter(`"${value}" is expected ${token ? `in place of "${token.value}"` : "at the end"}`);
  }
}

/** Whether a value compares with the operand; never true for values of another type. */
function comparison(operator: string, operand: Value): (value: Value) => boolean {
  if (typeof operand === "number") {
    const compare = NUMBER_OPERATORS[operator];
    if (!compare) throw invalidFilter(`${operator} requires a string`);
    return (value) => typeof value === "number" && compare(value, operand);
  }
  if (typeof operand === "string") {
    const compare = TEXT_OPERATORS[operator];
    if (!compare) throw invalidFilter(`${operator} requires a number`);
    return (value) => typeof value === "string" && compare(value, operand);
  }
  if (operator !== "=" && operator !== "!=") throw invalidFilter(`${operator} does not compare with ${operand}`);
  return (value) => typeof value === "boolean" && (value === operand) === (operator === "=");
}

function unsupportedKeyword(keyword: string): Error {
  return invalidFilter(`the local AWS does not support "${keyword}"`);
}
