import type { TerraformResult } from "../tools/deploy/terraform.ts";

/** The managed resources of a stack by address. */
export type State = ReadonlyMap<string, Resource>;

export interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Two providers answered with values of different form. */
export interface Difference {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
  readonly real: string;
  readonly local: string;
}

/** What `terraform show -json` told: https://developer.hashicorp.com/terraform/internals/json-format#state-representation */
export function stateOf({ events: [state] }: TerraformResult): State {
  const { values } = state as { values?: { root_module: { resources?: readonly (Resource & StateEntry)[] } } };
  const managed = (values?.root_module.resources ?? []).filter(({ mode }) => mode === "managed");
  return new Map(managed.map((resource) => [resource.address, resource]));
}

interface StateEntry {
  readonly address: string;
  readonly mode: "managed" | "data";
}

/** Where two states of one configuration have values of different form for the same attribute of the same resource. */
export function differences(real: State, local: State): Difference[] {
  return [...real].flatMap(([address, { type, values }]) => {
    const others = local.get(address)?.values;
    if (!others) return [];
    return [...new Set([...Object.keys(values), ...Object.keys(others)])]
      .map((attribute) => ({
        address,
        type,
        attribute,
        real: formOf(values[attribute]),
        local: formOf(others[attribute]),
      }))
      .filter((difference) => difference.real !== difference.local);
  });
}

/**
 * An id of EC2: what it is of, and 17 digits, or 8 where it is older (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html). The
 * provider makes some in their manner, with as many digits as a hash has.
 */
const EC2_ID = /^([a-z]+)-[0-9a-f]{6,17}$/;

/**
 * What a value looks like, without what differs between two deployments: whether it is there at all (an empty one is not), its kind, and of an ARN or an
 * id what it is of.
 */
export function formOf(value: unknown): string {
  if (!value) return "absent";
  if (Array.isArray(value)) return value.length === 0 ? "absent" : `list of ${formOf(value[0])}`;
  if (typeof value === "object") return Object.keys(value).length === 0 ? "absent" : "object";
  if (typeof value !== "string") return typeof value;
  if (value.startsWith("arn:")) return arnForm(value);
  const [, kind] = EC2_ID.exec(value) ?? [];
  return kind === undefined ? "text" : `${kind}-…`;
}

/** Services whose ARNs begin with the name or the id of a thing, where others tell what it is. */
const NAME_FIRST = new Set(["execute-api", "s3"]);

/** `arn:aws:ec2:us-east-1:…:vpc/…`: account and name are left out; a resource that is only a name is left out whole. */
function arnForm(arn: string): string {
  const [, partition, service, region, account, ...rest] = arn.split(":");
  const kind = NAME_FIRST.has(service ?? "") ? undefined : /^([a-z0-9-]+)[:/]/i.exec(rest.join(":"))?.[1];
  return `arn:${partition}:${service}:${region}:${account ? "…" : ""}:${kind === undefined ? "…" : `${kind}/…`}`;
}
