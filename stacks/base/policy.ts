/** One statement of an IAM or resource policy. */
export interface Statement {
  readonly sid: string;
  /** Default `Allow`. */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Only in resource-based policies. */
  readonly principals?: "*" | { readonly service: string } | { readonly aws: string };
  /** Operator → condition key → value. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The JSON of a policy, with the references in it. It is not an `aws_iam_policy_document`, because a data source is
 * read at every plan and hides the policy until then. IAM policy variables (`${aws:…}`) are escaped for Terraform.
 */
export function policyDocument(statements: readonly Statement[]): string {
  const document = { Version: "2012-10-17", Statement: statements.map(render) };
  return JSON.stringify(document).replaceAll(/\$\{(?!TfToken\[)/g, "$$${");
}

/**
 * The JSON of a trust policy for an AWS service.
 *
 * @param sourceAccount the account on whose behalf the service may assume the role, for services that report it.
 */
export function serviceTrust(service: string, sourceAccount?: string): string {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
  const condition =
    sourceAccount === undefined ? {} : { Condition: { StringEquals: { "aws:SourceAccount": sourceAccount } } };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...condition }] });
}

/**
 * The JSON of a trust policy for Firehose, which states the account on whose behalf it assumes the role as the external
 * ID: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role
 */
export function serviceTrustWithExternalId(service: string, externalId: string): string {
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: service },
    Condition: { StringEquals: { "sts:ExternalId": externalId } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** Denies every request to a resource that does not use TLS. */
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

/** A list with one element is a plain string, which is how AWS returns it. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...more] = values;
  return first !== undefined && more.length === 0 ? first : values;
}

function renderPrincipals(principals: NonNullable<Statement["principals"]>) {
  if (principals === "*") return { AWS: "*" }; // Equivalent to "*".
  return "service" in principals ? { Service: principals.service } : { AWS: principals.aws };
}
