import * as v from "valibot";

const ConfigurationSchema = v.looseObject({
  resource: v.optional(v.record(v.string(), v.record(v.string(), v.record(v.string(), v.unknown())))),
});

/** A synthesized stack; only its resources are typed. */
export type Configuration = v.InferOutput<typeof ConfigurationSchema>;

type Arguments = Readonly<Record<string, unknown>>;

/** A placeholder that passes the provider's validation of ARNs in policies. */
const ARN = "arn:aws:omitted:us-east-1:123456789012:omitted";

/** @param text content of a `cdk.tf.json`. */
export function parseConfiguration(text: string): Configuration {
  return v.parse(v.pipe(v.string(), v.parseJson(), ConfigurationSchema), text);
}

/**
 * The configuration without some of its resources. Dependencies on them are removed. A reference to an attribute
 * becomes the configured argument, or a placeholder if the value is computed.
 *
 * @param addresses such as `aws_s3_bucket.Files`.
 * @throws Error if there is no such resource.
 */
export function omitResources(configuration: Configuration, addresses: readonly string[]): Configuration {
  const resources = Object.entries(configuration.resource ?? {}).map(([type, named]) => {
    const remaining = Object.entries(named).filter(([name]) => !addresses.includes(`${type}.${name}`));
    return [type, Object.fromEntries(remaining)] as const;
  });
  const remaining = resources.filter(([, named]) => Object.keys(named).length > 0);
  const omitted = new Map(addresses.map((address) => [address, resourceAt(configuration, address)]));
  return withoutReferences({ ...configuration, resource: Object.fromEntries(remaining) }, omitted) as Configuration;
}

/** The addresses of all resources with the type of one, which is among them. */
export function addressesOfType(configuration: Configuration, address: string): string[] {
  resourceAt(configuration, address);
  const [type = ""] = address.split(".");
  return Object.keys(configuration.resource?.[type] ?? {}).map((name) => `${type}.${name}`);
}

/** @throws Error if there is no such resource. */
function resourceAt({ resource }: Configuration, address: string): Arguments {
  const [type = "", name = ""] = address.split(".");
  const found = resource?.[type]?.[name];
  if (found === undefined) throw new Error(`The stack has no ${address} to omit.`);
  return found;
}

function withoutReferences(value: unknown, omitted: ReadonlyMap<unknown, Arguments>): unknown {
  if (typeof value === "string") return [...omitted].reduce(replaceReferences, value);
  if (Array.isArray(value)) {
    return value.filter((item) => !omitted.has(item)).map((item) => withoutReferences(item, omitted));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutReferences(member, omitted)]));
}

/** Replaces `aws_x.Name.attribute[0].other` within an expression by a literal. */
function replaceReferences(text: string, [address, configured]: readonly [unknown, Arguments]): string {
  const reference = new RegExp(
    `\\b${String(address).replaceAll(".", "\\.")}\\.(\\w+)((?:\\.\\w+|\\[[^\\]]*\\])*)`,
    "g",
  );
  return text.replace(reference, (_, attribute: string, inner: string) => {
    const value = configured[attribute];
    if (inner === "" && isLiteral(value)) return JSON.stringify(value);
    return (inner || attribute).endsWith("arn") ? `"${ARN}"` : '"omitted"';
  });
}

function isLiteral(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && !value.includes("${"));
}
