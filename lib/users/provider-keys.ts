import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FlattenedJWSInput,
  type JWTHeaderParameters,
  type RemoteJWKSet,
} from "jose";
import * as v from "valibot";
import { isSecureUrl } from "./open-id-connect-settings.ts";
import { OpenIdProviderUnavailableError, type ProviderReader } from "./provider-reader.ts";

/**
 * Milliseconds after which the discovery document and the keys are read again. So a key that the provider removed, for
 * example because it was stolen, is refused after 10 minutes. A shorter time would cause more requests and would make
 * more of the provider's outages ours. Measured by the system clock.
 */
export const KEYS_MAX_AGE_MS = 600_000;

/**
 * Minimum milliseconds between reading keys and reading them again for a token with an unknown key. So a new key is
 * accepted within 30 s, and tokens with invented keys cause two requests per minute.
 */
export const KEYS_COOLDOWN_MS = 30_000;

/** The members that are used here: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
const discoveryDocument = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.check(isSecureUrl)) });

/** The public keys with which a provider signs tokens. They are cached. */
export class ProviderKeys {
  readonly #issuer: string;
  readonly #read: ProviderReader;
  #keys: RemoteJWKSet | undefined;

  constructor(issuer: string, read: ProviderReader) {
    this.#issuer = issuer;
    this.#read = read;
  }

  /**
   * The key for a token.
   *
   * @throws JOSEError when the provider has no such key
   * @throws OpenIdProviderUnavailableError
   */
  async find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    try {
      const keys = this.#keys?.fresh ? this.#keys : await this.#refresh();
      return await keys(header, token);
    } catch (error) {
      if (error instanceof OpenIdProviderUnavailableError || isFaultOfToken(error)) throw error;
      throw new OpenIdProviderUnavailableError(`The keys of ${this.#issuer} are unusable`, { cause: error });
    }
  }

  /** Concurrent calls share the requests, because the reader does not repeat them. */
  async #refresh(): Promise<RemoteJWKSet> {
    const url = `${this.#issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const document = v.safeParse(discoveryDocument, await this.#read(url));
    if (!document.success) throw new OpenIdProviderUnavailableError(`${url} has no valid issuer and jwks_uri`);
    const { issuer, jwks_uri } = document.output;
    // Otherwise one provider could sign tokens of another: a requirement of OpenID Connect Discovery 1.0, section 4.3.
    if (issuer !== this.#issuer) throw new OpenIdProviderUnavailableError(`${url} is of another issuer`);
    const keys = createRemoteJWKSet(new URL(jwks_uri), {
      cacheMaxAge: KEYS_MAX_AGE_MS,
      cooldownDuration: KEYS_COOLDOWN_MS,
      [customFetch]: async (href) => Response.json(await this.#read(href)),
    });
    this.#keys = keys;
    return keys;
  }
}

/** A token must have a key ID when the provider has several keys: OpenID Connect Core 1.0, section 10.1. */
const isFaultOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
