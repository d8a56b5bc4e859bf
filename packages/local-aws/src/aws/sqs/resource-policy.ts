import { ACCOUNT_ID } from "../../runtime/account.ts";
import { wildcard } from "../iam/policy.ts";

type OneOrMany = string | readonly string[];

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service?: OneOrMany; readonly AWS?: OneOrMany };
  readonly Action?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** A service that acts for one of its things: `s3.amazonaws.com` for a bucket. */
export interface ServiceRequest {
  readonly principal: string;
  readonly sourceArn: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * Whether the resource policy of a queue or topic lets a service in. Conditions on the source's ARN and account and on encryption in transit are
 * evaluated; any other never holds, so that an allow with it gives nothing.
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
    list(Action).some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase())) &&
    list(Resource).some((pattern) => wildcard(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key.toLowerCase(), list(values), sourceArn)),
    )
  );
}

function holds(operator: string, key: string, values: readonly string[], sourceArn: string): boolean {
  const actual = new Map([
    ["aws:sourcearn", sourceArn],
    ["aws:sourceaccount", ACCOUNT_ID],
    ["aws:securetransport", "true"],
  ]).get(key);
  if (actual === undefined) return false;
  if (/^(ArnLike|ArnEquals|StringLike)$/.test(operator)) return values.some((pattern) => wildcard(pattern, actual));
  return /^(StringEquals|Bool)$/.test(operator) && values.some((value) => String(value) === actual);
}

function list(value: OneOrMany | undefined): string[] {
  return value === undefined ? [] : ([value].flat() as string[]);
}
