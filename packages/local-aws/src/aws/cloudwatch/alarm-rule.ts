import { type AlarmState, alarmName, isAlarmState } from "./alarm.ts";
import { ExpressionError, parseSyntax, type SyntaxNode } from "./expression/syntax.ts";

/** The state of an alarm by its name; undefined for an alarm that does not exist. */
export type StateOf = (name: string) => AlarmState | undefined;

/**
 * Whether the rule of a composite alarm holds. An alarm that does not exist is in no state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 *
 * @throws ExpressionError for an invalid rule.
 */
export const evaluateRule = (rule: string, stateOf: StateOf): boolean => holds(parseRule(rule), stateOf);

/** The names of the alarms in a rule. */
export function alarmsInRule(rule: string): string[] {
  const names = new Set<string>();
  holds(parseRule(rule), (name) => void names.add(name));
  return [...names];
}

/** The names of alarms may have no quotation marks, although they contain dashes and spaces. */
function parseRule(rule: string): SyntaxNode {
  const unquoted = /\b(ALARM|OK|INSUFFICIENT_DATA)\(\s*([^"'()\s][^"'()]*?)\s*\)/g;
  return parseSyntax(
    rule.replaceAll(unquoted, (_, state: string, name: string) => `${state}(${JSON.stringify(name)})`),
  );
}

function holds(node: unknown, stateOf: StateOf): boolean {
  const syntax = node as SyntaxNode;
  switch (syntax.type) {
    case "Identifier":
      if (/^true$/i.test(syntax.name)) return true;
      if (/^false$/i.test(syntax.name)) return false;
      break;
    case "Literal":
      if (typeof syntax.value === "boolean") return syntax.value;
      break;
    case "UnaryExpression":
      if (/^not$/i.test(syntax.operator)) return !holds(syntax.argument, stateOf);
      break;
    case "BinaryExpression": {
      // Both sides are evaluated, so that an invalid one is reported.
      const sides = [holds(syntax.left, stateOf), holds(syntax.right, stateOf)];
      if (/^and$/i.test(syntax.operator)) return sides.every(Boolean);
      if (/^or$/i.test(syntax.operator)) return sides.some(Boolean);
      break;
    }
    case "CallExpression": {
      const [name] = syntax.arguments;
      const { name: state } = syntax.callee;
      if (isAlarmState(state) && typeof name?.value === "string") return stateOf(alarmName(name.value)) === state;
      break;
    }
    default:
  }
  throw new ExpressionError(
    "An alarm rule consists of ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, AND, OR and NOT",
  );
}
