import type { RequestContext } from "../../gateway/service.ts";
import { globExpression } from "../../runtime/glob.ts";
import { type Conditions, meetsConditions } from "./conditions.ts";

/** A statement of an identity-based policy. */
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/**
 * Whether the policies of an identity allow an action on a resource: an explicit deny overrides any allow, and without
 * an allow the request is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * Conditions on the keys of the context are evaluated. Other conditions are not: an allow applies as if they were met,
 * and a deny with them never applies. So everything that AWS allows is allowed here, and an action or resource that no
 * policy allows is denied as on AWS.
 */
export function isAllowed(
  policies: readonly string[],
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean {
  const matching = policies
    .flatMap(statementsOf)
    .filter((statement) => matchesAction(statement, action) && matchesResource(statement, resource));
  const isMet = ({ Condition = {} }: Statement) => meetsConditions(Condition, context);
  if (matching.some((statement) => statement.Effect === "Deny" && isMet(statement) === true)) return false;
  return matching.some((statement) => statement.Effect === "Allow" && isMet(statement) !== false);
}

function statementsOf(policy: string): readonly Statement[] {
  const { Statement: statements } = JSON.parse(policy) as { Statement?: Statement | readonly Statement[] };
  return list(statements);
}

function matchesAction({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => globExpression(pattern.toLowerCase()).test(action.toLowerCase()));
  return NotAction === undefined ? matches(list(Action)) : !matches(list(NotAction));
}

function matchesResource({ Resource, NotResource }: Statement, resource: string): boolean {
  const matches = (patterns: readonly string[]) => patterns.some((pattern) => globExpression(pattern).test(resource));
  return NotResource === undefined ? matches(list(Resource)) : !matches(list(NotResource));
}

function list<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}
