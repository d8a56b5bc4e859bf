/** An IAM policy as an authorizer returns it. */
interface PolicyDocument {
  readonly Statement?: Statement | readonly Statement[];
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** Whether an authorizer's policy lets `execute-api:Invoke` pass on this ARN: an explicit deny beats every allow. */
export function policyAllows(document: unknown, routeArn: string): boolean {
  const { Statement: statements = [] } = (document ?? {}) as PolicyDocument;
  const applying = list(statements).filter(
    ({ Action, Resource }) =>
      list(Action).some((action) => matches(action.toLowerCase(), "execute-api:invoke")) &&
      list(Resource).some((resource) => matches(resource, routeArn)),
  );
  const has = (effect: string) => applying.some(({ Effect }) => Effect === effect);
  return has("Allow") && !has("Deny");
}

function matches(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(value);
}

function list<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Item];
}
