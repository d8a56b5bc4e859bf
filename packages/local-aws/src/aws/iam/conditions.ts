import type { RequestContext } from "../../gateway/service.ts";
import { globExpression } from "../../runtime/glob.ts";

type OneOrMany = unknown | readonly unknown[];

/** The `Condition` of a statement: values by operator and condition key. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;

/** Whether a value of the request matches one of the policy. */
type Test = (actual: string, expected: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => globExpression(expected).test(actual),
};

/**
 * Whether the request meets all conditions; undefined when that depends on a condition that cannot be evaluated: on a
 * key that the context does not have, with another operator, or with a policy variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meetsConditions(conditions: Conditions, context: RequestContext): boolean | undefined {
  const keys = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  const results = Object.entries(conditions).flatMap(([operator, members]) =>
    Object.entries(members).map(([key, expected]) => {
      const actual = keys.get(key.toLowerCase());
      return actual && meets(operator, actual, [expected].flat().map(String));
    }),
  );
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function meets(operator: string, actual: readonly string[], expected: readonly string[]): boolean | undefined {
  const [, quantifier, name = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === "Null") return expected.includes(String(actual.length === 0));
  const isNegated = name.startsWith("StringNot");
  const test = TESTS[name.replace("StringNot", "String")];
  if (!test || expected.some((value) => value.includes("${"))) return undefined;
  const matches = (value: string) => expected.some((candidate) => test(value, candidate)) !== isNegated;
  if (quantifier === "ForAnyValue") return actual.some(matches);
  if (quantifier === "ForAllValues") return actual.every(matches);
  return actual.length === 0 ? isNegated || ifExists !== undefined : actual.every(matches);
}
