import { statements } from "./synthesize.ts";

/** The claims of an OIDC token. */
export type Claims = Readonly<Record<string, string | undefined>>;

interface TrustStatement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: { readonly Federated?: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a trust policy accepts a token of GitHub. As in IAM, all operators and all keys have to match, one matching
 * value per key is enough, and a missing claim never matches:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 *
 * @throws Error when the policy uses an operator that is not implemented here.
 */
export function acceptsToken(policy: unknown, claims: Claims): boolean {
  return (statements(policy) as unknown as TrustStatement[]).some(
    ({ Effect, Action, Principal, Condition = {} }) =>
      Effect === "Allow" &&
      Action === "sts:AssumeRoleWithWebIdentity" &&
      Principal.Federated !== undefined &&
      Object.entries(Condition).every(([operator, expected]) => matches(operator, expected, claims)),
  );
}

function matches(
  operator: string,
  expected: Readonly<Record<string, string | readonly string[]>>,
  claims: Claims,
): boolean {
  if (operator !== "StringEquals") throw new Error(`The condition operator ${operator} is not implemented.`);
  return Object.entries(expected).every(([key, values]) => {
    const claim = claims[key.replace("token.actions.githubusercontent.com:", "")];
    return claim !== undefined && [values].flat().includes(claim);
  });
}
