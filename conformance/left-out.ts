/** A synthesized stack, as far as leaving something out of it needs to know it. */
export interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [section: string]: unknown;
}

type Arguments = Readonly<Record<string, unknown>>;

/** Policies are checked for ARNs that are ARNs. */
const ARN = "arn:aws:left-out:us-east-1:123456789012:left-out";

/**
 * The configuration without some of its resources. Who depends on one of them no longer does, and who uses an attribute of one gets what was given for it, a text or an
 * ARN in its place.
 *
 * @param addresses as in `aws_s3_bucket.Files`.
 * @throws Error when there is no such resource.
 */
export function withoutResources(configuration: Configuration, addresses: readonly string[]): Configuration {
  const resources = Object.entries(configuration.resource ?? {}).map(([type, named]) => {
    const kept = Object.entries(named).filter(([name]) => !addresses.includes(`${type}.${name}`));
    return [type, Object.fromEntries(kept)] as const;
  });
  const kept = resources.filter(([, named]) => Object.keys(named).length > 0);
  const leftOut = new Map(addresses.map((address) => [address, resourceAt(configuration, address)]));
  return withoutReferences({ ...configuration, resource: Object.fromEntries(kept) }, leftOut) as Configuration;
}

/** @throws Error when there is no such resource. */
function resourceAt({ resource }: Configuration, address: string): Arguments {
  const [type = "", name = ""] = address.split(".");
  const found = resource?.[type]?.[name];
  if (found === undefined) throw new Error(`there is no ${address} to leave out`);
  return found as Arguments;
}

function withoutReferences(value: unknown, leftOut: ReadonlyMap<unknown, Arguments>): unknown {
  if (typeof value === "string") return [...leftOut].reduce(replaceReferences, value);
  if (Array.isArray(value)) {
    return value.filter((item) => !leftOut.has(item)).map((item) => withoutReferences(item, leftOut));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutReferences(member, leftOut)]));
}

/** `${aws_x.Name.attribute[0].other}` becomes `${"left-out"}`, and so within a longer expression; an argument becomes what was given for it. */
function replaceReferences(text: string, [address, given]: readonly [unknown, Arguments]): string {
  const reference = new RegExp(
    `\\b${String(address).replaceAll(".", "\\.")}\\.(\\w+)((?:\\.\\w+|\\[[^\\]]*\\])*)`,
    "g",
  );
  return text.replace(reference, (_, attribute: string, inner: string) => {
    const value = given[attribute];
    if (inner === "" && isLiteral(value)) return JSON.stringify(value);
    return (inner || attribute).endsWith("arn") ? `"${ARN}"` : '"left-out"';
  });
}

function isLiteral(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && !value.includes("${"));
}
