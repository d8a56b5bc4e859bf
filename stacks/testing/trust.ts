import { statements } from "./synthesize.ts";

/** Claims of a token, as AWS reads them; a claim that a token does not have is not there. */
export type Claims = Readonly<Record<string, string | undefined>>;

interface TrustStatement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: { readonly Federated?: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a trust policy lets the bearer of a token of GitHub in, by IAM's rules: every operator and every key must hold, one of the values is enough,
 * and a key that the token does not have holds never. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 *
 * @throws when the policy uses an operator that is not evaluated here.
 */
export function letsIn(policy: unknown, claims: Claims): boolean {
  return (statements(policy) as unknown as TrustStatement[]).some(
    ({ Effect, Action, Principal, Condition = {} }) =>
      Effect === "Allow" &&
      Action === "sts:AssumeRoleWithWebIdentity" &&
      Principal.Federated !== undefined &&
      Object.entries(Condition).every(([operator, wanted]) => holds(operator, wanted, claims)),
  );
}

function holds(
  operator: string,
  wanted: Readonly<Record<string, string | readonly string[]>>,
  claims: Claims,
): boolean {
  if (operator !== "StringEquals") throw new Error(`${operator} is not evaluated`);
  return Object.entries(wanted).every(([key, values]) => {
    const claim = claims[key.replace("token.actions.githubusercontent.com:", "")];
    return claim !== undefined && [values].flat().includes(claim);
  });
}
