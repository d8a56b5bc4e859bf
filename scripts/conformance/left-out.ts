/** A synthesized stack, as far as leaving something out of it needs to know it. */
export interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [section: string]: unknown;
}

/** Policies are checked for ARNs that are ARNs. */
const ARN = "arn:aws:left-out:us-east-1:123456789012:left-out";

/**
 * The configuration without some of its resources. Who depends on one of them no longer does, and who uses an attribute of one gets a text or an
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
  for (const address of addresses) {
    const [type = "", name = ""] = address.split(".");
    if (configuration.resource?.[type]?.[name] === undefined) throw new Error(`there is no ${address} to leave out`);
  }
  const kept = resources.filter(([, named]) => Object.keys(named).length > 0);
  return withoutReferences({ ...configuration, resource: Object.fromEntries(kept) }, addresses) as Configuration;
}

function withoutReferences(value: unknown, addresses: readonly string[]): unknown {
  if (typeof value === "string") return addresses.reduce(replaceReference, value);
  if (Array.isArray(value)) {
    return value.filter((item) => !addresses.includes(item)).map((item) => withoutReferences(item, addresses));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutReferences(member, addresses)]),
  );
}

/** `${aws_x.Name.attribute[0].other}` becomes `${"left-out"}`, and so within a longer expression. */
function replaceReference(text: string, address: string): string {
  const reference = new RegExp(`\\b${address.replaceAll(".", "\\.")}(?:\\.\\w+|\\[[^\\]]*\\])+`, "g");
  return text.replace(reference, (found) => (found.endsWith("arn") ? `"${ARN}"` : '"left-out"'));
}
