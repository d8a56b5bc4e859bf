import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateExpression } from "./evaluate-expression.ts";
import { ExpressionError } from "./syntax.ts";
import type { Series } from "./value.ts";

const series: Readonly<Record<string, Series>> = {
  requests: [100, 50, undefined, 0],
  errors: [1, undefined, undefined, 0],
  other: [3, 4, 5, undefined],
};

const evaluate = (expression: string, queries = series): Series =>
  evaluateExpression(expression, {
    length: 4,
    series: (id) => queries[id],
    metrics: () => Object.values(queries),
  });

describe("an expression", () => {
  it.each<[string, Series]>([
    ["requests", [100, 50, undefined, 0]],
    ["2 + 3 * 4", [14, 14, 14, 14]],
    ["(2 + 3) * -4", [-20, -20, -20, -20]],
    ["2 ^ 3 ^ 2", [512, 512, 512, 512]],
    ["requests - errors", [99, undefined, undefined, 0]],
    ["100 * errors / requests", [1, undefined, undefined, undefined]],
    ["100 * FILL(errors, 0) / requests", [1, 0, undefined, undefined]],
    ["FILL(errors, REPEAT)", [1, 1, 1, 0]],
    ["FILL(other, REPEAT)", [3, 4, 5, 5]],
    ["SUM(requests)", [150, 150, 150, 150]],
    ["SUM([requests, other])", [103, 54, 5, 0]],
    ["MAX(METRICS())", [100, 50, 5, 0]],
    ["MIN([requests, errors, other])", [1, 4, 5, 0]],
    ["AVG([requests, other])", [51.5, 27, 5, 0]],
    ["IF(requests > 60, other)", [3, undefined, undefined, undefined]],
    ["IF(1 > 2, 5)", [undefined, undefined, undefined, undefined]],
    ["IF(requests >= 50 AND other == 4, 1, 0)", [0, 1, undefined, undefined]],
    ["IF(requests < 1 || errors != 0, 1, 0)", [1, undefined, undefined, 1]],
    ["FLOOR(other / 2) + CEIL(other / 2) - ABS(-other)", [0, 0, 0, undefined]],
  ])("calculates %s", (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it.each([
    ["requests +", "requests +: Expected expression after + at character 10"],
    ["unknown + 1", "unknown is not the ID of a query"],
    ["ANOMALY_DETECTION_BAND(requests)", "does not support the function ANOMALY_DETECTION_BAND"],
    ["constructor(requests)", "does not support the function CONSTRUCTOR"],
    ["requests % 2", "The operator % is not supported"],
    ["METRICS()", "the result is not one time series"],
    ["METRICS() + 1", "An operator needs numbers or time series"],
    ["SUM(1)", "SUM needs a time series"],
    ["FILL(errors, LINEAR)", "FILL supports a number or REPEAT"],
    ["errors.length", "is not supported in an expression"],
    ["'text'", "is not supported in an expression"],
  ])("rejects %s", (expression, message) => {
    expect(() => evaluate(expression)).toThrow(ExpressionError);
    expect(() => evaluate(expression)).toThrow(message);
  });

  it("calculates as JavaScript does", () => {
    const operator = fc.constantFrom("+", "-", "*", "/");
    const expressions = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.nat(99).map(String),
        fc.tuple(tie("node"), operator, tie("node")).map(([one, symbol, other]) => `(${one} ${symbol} ${other})`),
        fc.tuple(tie("node"), operator, tie("node")).map(([one, symbol, other]) => `${one} ${symbol} ${other}`),
      ),
    })).node;
    fc.assert(
      fc.property(expressions, (expression) => {
        // The generated text consists of numbers, operators and parentheses.
        const expected: unknown = new Function(`return ${expression}`)();
        fc.pre(Number.isFinite(expected));
        expect(evaluate(expression)).toEqual([expected, expected, expected, expected]);
      }),
    );
  });
});
