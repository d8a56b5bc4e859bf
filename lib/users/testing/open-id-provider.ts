import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { type Adapter, type AdapterPayload, Provider } from "oidc-provider";

/** The audience of the access tokens. */
export const RESOURCE = "https://files.example";
/** The client, which is the audience of the ID tokens. */
export const CLIENT_ID = "files-web";
const CLIENT_SECRET = "the-secret-of-the-client";
const REDIRECT_URI = "https://client.example/callback";
const SCOPES = "openid email groups";
/** Seconds that everything of the provider is valid. */
export const TTL = 3_600;

/** Claims, and members of the header, that replace those of the provider. */
export interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A signing key with its private part. */
export async function createSigningKey(kid: string, alg = "RS256"): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg, use: "sig" };
}

/** The npm package `oidc-provider` on a free port of this machine. */
export class OpenIdProvider {
  readonly #server: Server;
  readonly issuer: string;
  /** Paths of the requests except those with which this class obtains tokens. */
  readonly requests: string[] = [];
  /** Responds in place of the provider when set. */
  override: RequestListener | undefined;
  #provider: Provider;
  #parts: TokenParts = {};
  #claims: Readonly<Record<string, unknown>> = {};

  static async start(keys: readonly JWK[]): Promise<OpenIdProvider> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new OpenIdProvider(server, keys);
  }

  private constructor(server: Server, keys: readonly JWK[]) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#provider = this.#create(keys);
    server.on("request", (request, response) => void this.#respond(request, response));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Listens again on the same port. */
  async restart(): Promise<void> {
    this.#server.listen(Number(new URL(this.issuer).port), "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** Signs with the first key from now on, and publishes all. */
  rotate(keys: readonly JWK[]): void {
    this.#provider = this.#create(keys);
  }

  /** A JWT access token (RFC 9068) of a client for {@link RESOURCE}. */
  async accessToken(parts: TokenParts = {}): Promise<string> {
    this.#parts = parts;
    const { access_token } = await this.#requestToken({ grant_type: "client_credentials", resource: RESOURCE });
    return access_token ?? "";
  }

  /** The ID token of a user who signs in with the authorization code flow, as a browser does. */
  async idToken(claims: Readonly<Record<string, unknown>>): Promise<string> {
    this.#claims = claims;
    const verifier = "v".repeat(43);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: SCOPES,
      code_challenge: Buffer.from(digest).toString("base64url"),
      code_challenge_method: "S256",
    });
    const callback = await this.#followRedirects(`${this.issuer}/auth?${query}`);
    const { id_token } = await this.#requestToken({
      grant_type: "authorization_code",
      code: callback.searchParams.get("code") ?? "",
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    });
    return id_token ?? "";
  }

  #create(keys: readonly JWK[]): Provider {
    const [key] = keys;
    const alg = key?.alg ?? "RS256";
    return new Provider(this.issuer, {
      adapter: MemoryAdapter,
      jwks: { keys: structuredClone(keys) as JWK[] },
      cookies: { keys: ["test"] },
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          grant_types: ["authorization_code", "client_credentials"],
          redirect_uris: [REDIRECT_URI],
          id_token_signed_response_alg: alg as "RS256",
        },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], groups: ["groups"] },
      conformIdTokenClaims: false,
      enabledJWA: { idTokenSigningAlgValues: [alg as "RS256"] },
      ttl: { AccessToken: TTL, ClientCredentials: TTL, IdToken: TTL, Session: TTL, Grant: TTL, Interaction: TTL },
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: "",
            audience: RESOURCE,
            accessTokenFormat: "jwt",
            jwt: { sign: { alg: alg as "RS256" } },
          }),
        },
      },
      formats: {
        customizers: {
          jwt: (_context, _token, parts) => {
            Object.assign(parts.payload, this.#parts.claims);
            parts.header = { ...parts.header, ...this.#parts.header };
          },
        },
      },
      findAccount: (_context, accountId) => ({
        accountId,
        claims: () => ({ sub: accountId, ...this.#claims }),
      }),
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: CLIENT_ID, accountId: oidc.session?.accountId ?? "" });
        grant.addOIDCScope(SCOPES);
        await grant.save();
        return grant;
      },
    });
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", this.issuer);
    if (/^\/(token|auth|interaction)\b/.test(pathname)) {
      if (!pathname.startsWith("/interaction/")) return this.#provider.callback()(request, response);
      return this.#provider.interactionFinished(request, response, { login: { accountId: "alice" } });
    }
    this.requests.push(pathname);
    return (this.override ?? this.#provider.callback())(request, response);
  }

  async #requestToken(body: Record<string, string>): Promise<Record<string, string>> {
    const authorization = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`;
    const response = await fetch(`${this.issuer}/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(body),
    });
    if (!response.ok) throw new Error(`The provider returned no token: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  }

  /** The first address outside of the provider. */
  async #followRedirects(start: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(start);
    while (url.origin === this.issuer) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(url, { redirect: "manual", headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get("location");
      if (location === null) throw new Error(`The provider did not redirect: ${await response.text()}`);
      url = new URL(location, url);
    }
    return url;
  }
}

/** Stores what the provider has issued; nothing expires during a test. */
class MemoryAdapter implements Adapter {
  static readonly #entries = new Map<string, AdapterPayload>();
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    MemoryAdapter.#entries.set(`${this.#model} ${id}`, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return MemoryAdapter.#entries.get(`${this.#model} ${id}`);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...MemoryAdapter.#entries.values()].find((payload) => payload.uid === uid);
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload.consumed = true;
  }

  async destroy(id: string): Promise<void> {
    MemoryAdapter.#entries.delete(`${this.#model} ${id}`);
  }

  async revokeByGrantId(): Promise<void> {}
}
