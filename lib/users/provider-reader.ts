import type { Clock } from "../time/clock.ts";

/** The OpenID provider cannot be read, so it is unknown whether a token is valid. The caller may try again. */
export class OpenIdProviderUnavailableError extends Error {
  override readonly name = "OpenIdProviderUnavailableError";
  readonly code = "OpenIdProviderUnavailable";
}

/**
 * Milliseconds for a response with its body. Providers respond within a second; the discovery document and the keys
 * are read one after the other, and API Gateway waits 10 s for an authorizer.
 */
const TIMEOUT_MS = 3_000;

/**
 * Milliseconds in which a document is requested at most once, whether or not it could be read: while a provider is down
 * or responds with something unusable, tokens cause no more requests than that.
 */
export const REQUEST_INTERVAL_MS = 5_000;

/** Reads a JSON document of the provider. */
export type ProviderReader = (url: string) => Promise<unknown>;

/** The reader throws {@link OpenIdProviderUnavailableError}. */
export function createProviderReader(fetch: typeof globalThis.fetch, clock: Clock): ProviderReader {
  const recent = new Map<string, { readonly requestedAt: number; readonly document: Promise<unknown> }>();
  return (url) => {
    const requestedAt = clock.now();
    const known = recent.get(url);
    if (known && requestedAt - known.requestedAt < REQUEST_INTERVAL_MS) return known.document;
    const document = readJson(fetch, url);
    recent.set(url, { requestedAt, document });
    return document;
  };
}

async function readJson(fetch: typeof globalThis.fetch, url: string): Promise<unknown> {
  try {
    // A redirect could lead from https to http.
    const response = await fetch(url, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) throw new Error(`The status is ${response.status}`);
    return await response.json();
  } catch (cause) {
    throw new OpenIdProviderUnavailableError(`Cannot read ${url}`, { cause });
  }
}
