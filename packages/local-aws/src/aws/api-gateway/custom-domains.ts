/** What a domain name's path leads to. */
export interface ApiMapping {
  readonly id: string;
  readonly domainName: string;
  /** First segments of the path, without slashes around; empty for the whole domain. */
  readonly key: string;
  readonly apiId: string;
  readonly stage: string;
}

export interface MappedRequest {
  readonly mapping: ApiMapping;
  /** What is left of the path behind the mapping's key. */
  readonly path: string;
}

/**
 * The custom domain names of all APIs. Nothing here answers DNS: a request reaches a domain by its `Host` header, on the port of any API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export class CustomDomains {
  readonly #mappings = new Map<string, ApiMapping>();

  put(mapping: ApiMapping): void {
    this.#mappings.set(mapping.id, mapping);
  }

  delete(id: string): void {
    this.#mappings.delete(id);
  }

  /** The mapping with the longest key that the path begins with; undefined for a host that is no domain of ours. */
  find(domainName: string, path: string): MappedRequest | undefined {
    const [found] = [...this.#mappings.values()]
      .filter((mapping) => mapping.domainName === domainName && isBelow(path, mapping.key))
      .sort((a, b) => b.key.length - a.key.length);
    if (!found) return undefined;
    const rest = found.key === "" ? path : path.slice(found.key.length + 1);
    return { mapping: found, path: rest === "" ? "/" : rest };
  }
}

function isBelow(path: string, key: string): boolean {
  return key === "" || path === `/${key}` || path.startsWith(`/${key}/`);
}
