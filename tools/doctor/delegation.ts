/** What a person does at the registrar so that the world asks the zone's servers for the domain. */
export function delegationTodo(domain: string, nameServers: readonly string[]): string {
  return `At the registrar of ${domain}, name these servers: ${nameServers.toSorted().join(", ")}`;
}

/**
 * What to print after a deployment of the stack `route53`.
 *
 * @param domain undefined in an environment without one.
 * @param nameServers the stack's output `name_servers`.
 */
export function delegationNotice(domain: string | undefined, nameServers: readonly string[]): string | undefined {
  if (domain === undefined || nameServers.length === 0) return undefined;
  const records = nameServers.toSorted().map((server) => `  ${domain}.  NS  ${server}.`);
  return [`${delegationTodo(domain, nameServers)}. As records of the zone above it:`, ...records].join("\n");
}

/** Whether the world asks the same servers that the zone has; names are compared as DNS does. */
export function isDelegated(zone: readonly string[], dns: readonly string[]): boolean {
  const plain = (names: readonly string[]) => names.map((name) => name.toLowerCase().replace(/\.$/, "")).toSorted();
  return JSON.stringify(plain(zone)) === JSON.stringify(plain(dns));
}
