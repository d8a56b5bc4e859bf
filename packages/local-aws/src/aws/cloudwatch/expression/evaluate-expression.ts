import { functions } from "./functions.ts";
import { ExpressionError, parseSyntax, type SyntaxNode } from "./syntax.ts";
import { combine, isSeries, type Series, type Value } from "./value.ts";

/** What the names in an expression mean. */
export interface ExpressionContext {
  /** The time series of a query; undefined for an unknown ID. */
  readonly series: (id: string) => Series | undefined;
  /** The time series of all queries of metrics, for `METRICS()`. */
  readonly metrics: () => readonly Series[];
  /** The number of periods. */
  readonly length: number;
}

const oneIf = (condition: boolean): number => (condition ? 1 : 0);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
const operators: Readonly<Record<string, (one: number, other: number) => number>> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  "^": (one, other) => one ** other,
  "==": (one, other) => oneIf(one === other),
  "!=": (one, other) => oneIf(one !== other),
  "<": (one, other) => oneIf(one < other),
  "<=": (one, other) => oneIf(one <= other),
  ">": (one, other) => oneIf(one > other),
  ">=": (one, other) => oneIf(one >= other),
  AND: (one, other) => oneIf(one !== 0 && other !== 0),
  "&&": (one, other) => oneIf(one !== 0 && other !== 0),
  OR: (one, other) => oneIf(one !== 0 || other !== 0),
  "||": (one, other) => oneIf(one !== 0 || other !== 0),
};

const constants: Readonly<Record<string, string>> = { REPEAT: "REPEAT", LINEAR: "LINEAR" };

/**
 * The time series of a metric math expression.
 *
 * @throws ExpressionError for an invalid expression, an unknown ID, or a function that the local AWS does not support.
 */
export function evaluateExpression(expression: string, context: ExpressionContext): Series {
  const value = evaluate(parseSyntax(expression), context);
  if (typeof value === "number") {
    return Array.from({ length: context.length }, () => (Number.isFinite(value) ? value : undefined));
  }
  if (typeof value !== "string" && isSeries(value)) return value;
  throw new ExpressionError(`${expression}: the result is not one time series`);
}

function evaluate(node: SyntaxNode, context: ExpressionContext): Value | string {
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "number") return node.value;
      break;
    case "Identifier":
      return constants[node.name] ?? context.series(node.name) ?? fail(`${node.name} is not the ID of a query`);
    case "ArrayExpression":
      return node.elements.map((element) => asSeries(evaluate(element as SyntaxNode, context), context));
    case "UnaryExpression":
      if (node.operator === "-") return combine([operand(node.argument, context)], (value) => -value);
      break;
    case "BinaryExpression":
      return evaluateOperator(node, context);
    case "CallExpression":
      return evaluateCall(node, context);
    default:
  }
  return fail(`${String("raw" in node ? node.raw : node.type)} is not supported in an expression`);
}

type BinaryNode = Extract<SyntaxNode, { type: "BinaryExpression" }>;
type CallNode = Extract<SyntaxNode, { type: "CallExpression" }>;

function evaluateOperator({ operator, left, right }: BinaryNode, context: ExpressionContext): Value {
  const calculate = operators[operator.toUpperCase()] ?? fail(`The operator ${operator} is not supported`);
  return combine([operand(left, context), operand(right, context)], calculate);
}

function evaluateCall({ callee, arguments: parameters }: CallNode, context: ExpressionContext): Value {
  const name = callee.type === "Identifier" ? String(callee.name).toUpperCase() : callee.type;
  if (name === "METRICS" && parameters.length === 0) return context.metrics();
  const apply = functions[name] ?? fail(`The local AWS does not support the function ${name} of metric math`);
  return apply(...parameters.map((parameter) => evaluate(parameter as SyntaxNode, context)));
}

function operand(node: unknown, context: ExpressionContext): number | Series {
  const value = evaluate(node as SyntaxNode, context);
  if (typeof value === "number" || (typeof value !== "string" && isSeries(value))) return value;
  return fail("An operator needs numbers or time series");
}

function asSeries(value: Value | string, { length }: ExpressionContext): Series {
  if (typeof value === "number") return Array.from({ length }, () => value);
  return typeof value !== "string" && isSeries(value) ? value : fail("An array can only contain time series");
}

function fail(problem: string): never {
  throw new ExpressionError(problem);
}
