import { AwsError } from "../runtime/error.ts";
import { globExpression } from "../runtime/glob.ts";

/** Whether a pattern matches an event or a part of it. The value of a missing field is `undefined`. */
export type Matches = (value: unknown) => boolean;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Compiles an event pattern. Every field must match one of the values in its list. SNS filter policies use the same
 * syntax.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @throws AwsError `InvalidEventPatternException`, also for `cidr`, which is not supported.
 */
export function parseEventPattern(json: string): Matches {
  let pattern: unknown;
  try {
    pattern = JSON.parse(json);
  } catch {
    throw invalid("it is not JSON");
  }
  if (!isObject(pattern)) throw invalid("it is not an object");
  return fields(pattern);
}

function fields(pattern: JsonObject): Matches {
  const parts = Object.entries(pattern).map(([name, part]): Matches => {
    if (name === "$or") return alternatives(part);
    const matches = field(name, part);
    return (value) => matches(isObject(value) ? value[name] : undefined);
  });
  // An array of objects matches when one of them does.
  return (value) => (Array.isArray(value) ? value : [value]).some((item) => parts.every((matches) => matches(item)));
}

function alternatives(part: unknown): Matches {
  if (!Array.isArray(part) || part.length < 2 || !part.every(isObject))
    throw invalid("$or must be a list of at least two patterns");
  const patterns = part.map(fields);
  return (value) => patterns.some((matches) => matches(value));
}

function field(name: string, part: unknown): Matches {
  if (isObject(part)) return fields(part);
  if (!Array.isArray(part) || part.length === 0) throw invalid(`"${name}" must be an object or a list of values`);
  const matchers = part.map(matcher);
  return (value) => {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? undefined : value];
    return matchers.some((matches) => candidates.some(matches));
  };
}

function matcher(part: unknown): Matches {
  if (!isObject(part)) return (value) => value === part;
  const [[operator = "", operand] = [], ...others] = Object.entries(part);
  const operation = OPERATORS[operator];
  if (!operation || others.length > 0) throw invalid(`the local AWS does not support ${JSON.stringify(part)}`);
  return operation(operand);
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Matches>> = {
  prefix: (operand) => onText(operand, (text, prefix) => text.startsWith(prefix)),
  suffix: (operand) => onText(operand, (text, suffix) => text.endsWith(suffix)),
  "equals-ignore-case": (operand) => {
    const expected = textOperand(operand).toLowerCase();
    return (value) => typeof value === "string" && value.toLowerCase() === expected;
  },
  wildcard: (operand) => {
    const expression = globExpression(textOperand(operand), "*");
    return (value) => typeof value === "string" && expression.test(value);
  },
  exists: (operand) => {
    if (typeof operand !== "boolean") throw invalid("exists must be true or false");
    return (value) => (value !== undefined) === operand;
  },
  "anything-but": (operand) => {
    const excluded = (Array.isArray(operand) ? operand : [operand]).map(matcher);
    return (value) => value !== undefined && !excluded.some((matches) => matches(value));
  },
  numeric,
};

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]` */
function numeric(operand: unknown): Matches {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw invalid("numeric must be a list of one or two comparisons");
  }
  const tests = operand.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const compare = COMPARISONS[String(operator)];
    const bound: unknown = operand[index + 1];
    if (!compare || typeof bound !== "number")
      throw invalid(`${JSON.stringify(operand)} is not a list of numeric comparisons`);
    return [(value: number) => compare(value, bound)];
  });
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

/** The operand of `prefix` and `suffix` is a text, or `{"equals-ignore-case": text}`. */
function onText(operand: unknown, test: (text: string, part: string) => boolean): Matches {
  if (isObject(operand)) {
    const part = textOperand(operand["equals-ignore-case"]).toLowerCase();
    return (value) => typeof value === "string" && test(value.toLowerCase(), part);
  }
  const part = textOperand(operand);
  return (value) => typeof value === "string" && test(value, part);
}

function textOperand(operand: unknown): string {
  if (typeof operand !== "string") throw invalid(`${JSON.stringify(operand)} is not a string`);
  return operand;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(reason: string): AwsError {
  return new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}.`);
}
