/** One statement of an IAM or resource policy. */
export interface Statement {
  readonly sid: string;
  /** Default `Allow`. */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Who; only in policies of resources and in trust policies. */
  readonly principals?: "*" | { readonly service: string } | { readonly aws: string };
  /** Operator → condition key → value. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The JSON of a policy. It is a literal with references in it rather than an `aws_iam_policy_document`: a data source is read at every
 * plan, and hides the policy until then. IAM's own `${aws:…}` variables come out escaped for Terraform.
 */
export function policyDocument(statements: readonly Statement[]): string {
  const document = { Version: "2012-10-17", Statement: statements.map(render) };
  return JSON.stringify(document).replaceAll(/\$\{(?!TfToken\[)/g, "$$${");
}

/** Who may take a role: an AWS service, and only on behalf of `accountId` where the service says for whom it acts. */
export function serviceTrust(service: string, sourceAccount?: string): string {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
  const condition =
    sourceAccount === undefined ? {} : { Condition: { StringEquals: { "aws:SourceAccount": sourceAccount } } };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...condition }] });
}

/** Refuses every request to a resource that does not come by TLS. */
export const denyPlainHttp = (service: string, resources: readonly string[]): Statement => ({
  sid: "DenyPlainHttp",
  effect: "Deny",
  principals: "*",
  actions: [`${service}:*`],
  resources,
  conditions: { Bool: { "aws:SecureTransport": "false" } },
});

function render({ sid, effect = "Allow", principals, actions, resources, conditions }: Statement) {
  return {
    Sid: sid,
    Effect: effect,
    ...(principals && { Principal: renderPrincipals(principals) }),
    Action: oneOrMore(actions),
    Resource: oneOrMore(resources),
    ...(conditions && { Condition: conditions }),
  };
}

/** A list of one as AWS writes it back. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...more] = values;
  return first !== undefined && more.length === 0 ? first : values;
}

function renderPrincipals(principals: NonNullable<Statement["principals"]>) {
  if (principals === "*") return { AWS: "*" }; // the same as a bare "*", in the form of all the others
  return "service" in principals ? { Service: principals.service } : { AWS: principals.aws };
}
