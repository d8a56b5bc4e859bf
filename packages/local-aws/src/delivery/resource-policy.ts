import { ACCOUNT_ID } from "../runtime/account.ts";
import { globExpression } from "../runtime/glob.ts";

type OneOrMany = string | readonly string[];

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service?: OneOrMany; readonly AWS?: OneOrMany };
  readonly Action?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** A request by an AWS service on behalf of one of its resources, such as `s3.amazonaws.com` for a bucket. */
export interface ServiceRequest {
  readonly principal: string;
  readonly sourceArn: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * Whether the resource policy of a queue or topic allows the request of a service. Conditions on `aws:SourceArn`,
 * `aws:SourceAccount` and `aws:SecureTransport` are evaluated; any other condition is false, so that a statement with
 * it never applies.
 */
export function allowsService(policy: string, request: ServiceRequest): boolean {
  if (policy === "") return false;
  const { Statement: statements = [] } = JSON.parse(policy) as { Statement?: Statement | readonly Statement[] };
  const matching = [statements].flat().filter((statement) => matches(statement, request));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

function matches(statement: Statement, { principal, action, resource, sourceArn }: ServiceRequest): boolean {
  const { Principal, Action = [], Resource = [], Condition = {} } = statement;
  const services = Principal === "*" ? ["*"] : list(Principal?.Service).concat(list(Principal?.AWS));
  return (
    services.some((service) => service === principal || service === "*") &&
    list(Action).some((pattern) => globExpression(pattern.toLowerCase()).test(action.toLowerCase())) &&
    list(Resource).some((pattern) => globExpression(pattern).test(resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        conditionHolds(operator, key.toLowerCase(), list(values), sourceArn),
      ),
    )
  );
}

function conditionHolds(operator: string, key: string, values: readonly string[], sourceArn: string): boolean {
  const actual = new Map([
    ["aws:sourcearn", sourceArn],
    ["aws:sourceaccount", ACCOUNT_ID],
    ["aws:securetransport", "true"],
  ]).get(key);
  if (actual === undefined) return false;
  if (/^(ArnLike|ArnEquals|StringLike)$/.test(operator))
    return values.some((pattern) => globExpression(pattern).test(actual));
  return /^(StringEquals|Bool)$/.test(operator) && values.some((value) => String(value) === actual);
}

function list(value: OneOrMany | undefined): string[] {
  return value === undefined ? [] : ([value].flat() as string[]);
}
