/** What to do at the registrar to delegate a domain to the name servers of its hosted zone. */
export function delegationTodo(domain: string, nameServers: readonly string[]): string {
  return `At the registrar of ${domain}, set these name servers: ${nameServers.toSorted().join(", ")}`;
}

/**
 * The text to print after a deployment of the stack `route53`.
 *
 * @param domain undefined in an environment without one.
 * @param nameServers the stack's output `name_servers`.
 */
export function delegationNotice(domain: string | undefined, nameServers: readonly string[]): string | undefined {
  if (domain === undefined || nameServers.length === 0) return undefined;
  const records = nameServers.toSorted().map((server) => `  ${domain}.  NS  ${server}.`);
  return [`${delegationTodo(domain, nameServers)}. As records of the parent zone:`, ...records].join("\n");
}

/** Whether public DNS names the servers of the hosted zone; letter case, order and a final dot do not matter. */
export function isDelegated(zone: readonly string[], dns: readonly string[]): boolean {
  const normalized = (names: readonly string[]) =>
    names.map((name) => name.toLowerCase().replace(/\.$/, "")).toSorted();
  return JSON.stringify(normalized(zone)) === JSON.stringify(normalized(dns));
}
