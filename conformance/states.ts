import * as v from "valibot";
import type { TerraformResult } from "../tools/terraform/terraform.ts";

/**
 * Output of `terraform show -json`:
 * https://developer.hashicorp.com/terraform/internals/json-format#state-representation
 */
const StateSchema = v.object({
  values: v.optional(
    v.object({
      root_module: v.object({
        resources: v.optional(
          v.array(
            v.object({
              address: v.string(),
              mode: v.picklist(["managed", "data"]),
              type: v.string(),
              values: v.record(v.string(), v.unknown()),
            }),
          ),
        ),
      }),
    }),
  ),
});

/** The managed resources of a stack by address. */
export type State = ReadonlyMap<string, Resource>;

export interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An attribute whose values have different forms in two states. */
export interface Difference {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
  readonly real: string;
  readonly local: string;
}

/** Reads the output of `terraform show -json`, one line of JSON. */
export function readState({ events: [state] }: TerraformResult): State {
  const { values } = v.parse(StateSchema, state);
  const managed = (values?.root_module.resources ?? []).filter(({ mode }) => mode === "managed");
  return new Map(managed.map(({ address, type, values }) => [address, { type, values }]));
}

/** The attributes of common resources whose values have different forms in two states of one configuration. */
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
 * An EC2 resource ID: a prefix and 17 hexadecimal digits, or 8 in the older format. The provider generates some in the
 * same style with the digits of a hash. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const EC2_ID = /^([a-z]+)-[0-9a-f]{6,17}$/;

/**
 * The form of a value, without what differs between two deployments: its type, or "absent" if it is empty; of an ARN or
 * a resource ID also the resource type.
 */
export function formOf(value: unknown): string {
  if (!value) return "absent";
  if (Array.isArray(value)) return value.length === 0 ? "absent" : `list of ${formOf(value[0])}`;
  if (typeof value === "object") return Object.keys(value).length === 0 ? "absent" : "object";
  if (typeof value !== "string") return typeof value;
  if (value.startsWith("arn:")) return arnForm(value);
  const [, prefix] = EC2_ID.exec(value) ?? [];
  return prefix === undefined ? "text" : `${prefix}-…`;
}

/** Services whose ARNs have no resource type: the ARN contains the name or ID in its place. */
const WITHOUT_RESOURCE_TYPE = new Set(["execute-api", "s3", "sns"]);

/** Replaces account and resource name: `arn:aws:ec2:us-east-1:…:vpc/…`. */
function arnForm(arn: string): string {
  const [, partition, service, region, account, ...rest] = arn.split(":");
  const type = WITHOUT_RESOURCE_TYPE.has(service ?? "") ? undefined : /^([a-z0-9-]+)[:/]/i.exec(rest.join(":"))?.[1];
  return `arn:${partition}:${service}:${region}:${account ? "…" : ""}:${type === undefined ? "…" : `${type}/…`}`;
}
