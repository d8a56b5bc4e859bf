/** Maps a path of a domain name to a stage. */
export interface ApiMapping {
  readonly id: string;
  readonly domainName: string;
  /** First segments of the path, without leading and trailing slash; empty for the whole domain. */
  readonly key: string;
  readonly apiId: string;
  readonly stage: string;
}

export interface MappedRequest {
  readonly mapping: ApiMapping;
  /** The path without the key of the mapping. */
  readonly path: string;
}

/**
 * The custom domain names of all APIs. There is no DNS: a request selects a domain by its `Host` header, on the port of
 * any API.
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

  /** The mapping with the longest key that is a prefix of the path; undefined for an unknown domain name. */
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
