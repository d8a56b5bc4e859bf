/** A policy document, as far as an identity's permissions go. */
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
}

/**
 * Whether the policies of an identity allow an action on a resource, by IAM's rule: an explicit deny wins, without an allow it is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * Conditions are not evaluated: an allow counts as if they were met, and a deny with conditions does not count. So what is allowed here is never less
 * than on AWS, and an action or a resource that a role lacks is refused here as there.
 */
export function isAllowed(policies: readonly string[], action: string, resource: string): boolean {
  const matching = policies
    .flatMap(statementsOf)
    .filter((statement) => matchesAction(statement, action) && matchesResource(statement, resource));
  if (matching.some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined)) return false;
  return matching.some(({ Effect }) => Effect === "Allow");
}

function statementsOf(policy: string): readonly Statement[] {
  const { Statement: statements } = JSON.parse(policy) as { Statement?: Statement | readonly Statement[] };
  return list(statements);
}

function matchesAction({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? matches(list(Action)) : !matches(list(NotAction));
}

function matchesResource({ Resource, NotResource }: Statement, resource: string): boolean {
  const matches = (patterns: readonly string[]) => patterns.some((pattern) => wildcard(pattern, resource));
  return NotResource === undefined ? matches(list(Resource)) : !matches(list(NotResource));
}

function list<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}

/** IAM's wildcards: `*` any characters, `?` exactly one. */
export function wildcard(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
