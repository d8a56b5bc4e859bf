import { ApiError, toApiError } from "../api/api-error.ts";
import { sendRequest } from "../api/send-request.ts";
import type { Me } from "../model/grants.ts";
import { Store } from "../model/store.ts";
import type { SessionToken, StoredSession } from "./session-token.ts";

/** Who is signed in. While `expired`, the page stays as it is and asks for the password. */
export type SessionState =
  | { readonly status: "restoring" }
  | { readonly status: "signed-out" }
  | { readonly status: "signed-in" | "expired"; readonly me: Me };

/** The header of a request. */
export type Authorization = Readonly<Record<"authorization", string>>;

export interface SessionDependencies {
  readonly stored: Pick<StoredSession, "read" | "write">;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** A session is renewed when no more than this time is left, if the page is used. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** The session of the page: signs in and out, renews the token while the page is used, and authorizes requests. */
export class Session {
  readonly state = new Store<SessionState>({ status: "restoring" });
  readonly #dependencies: SessionDependencies;
  #token: SessionToken | undefined;
  /** Resolves when somebody has signed in after the session has expired. */
  #signedInAgain: PromiseWithResolvers<void> | undefined;
  #renewal: Promise<void> | undefined;

  constructor(dependencies: SessionDependencies) {
    this.#dependencies = dependencies;
  }

  /** The name of who is signed in; empty when nobody is. */
  get user(): string {
    const { value } = this.state;
    return "me" in value ? value.me.user : "";
  }

  /** Continues the session of this tab, after a reload. */
  async restore(): Promise<void> {
    const stored = this.#dependencies.stored.read();
    if (!stored || stored.expires <= this.#dependencies.now()) return this.#forget();
    this.#token = stored;
    try {
      this.state.set({ status: "signed-in", me: await this.#readMe(stored.token) });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return this.#forget();
      throw error;
    }
  }

  /** @throws ApiError */
  async signIn(user: string, password: string): Promise<void> {
    const bytes = new TextEncoder().encode(`${user}:${password}`);
    const token = await this.#createSession(`Basic ${btoa(String.fromCharCode(...bytes))}`, user);
    const me = await this.#readMe(token.token);
    this.#keep(token);
    this.state.set({ status: "signed-in", me });
    this.#signedInAgain?.resolve();
    this.#signedInAgain = undefined;
  }

  /** Ends the session on the server as well. Whether or not that is possible, this page forgets it. */
  async signOut(): Promise<void> {
    const token = this.#token?.token;
    this.#forget();
    if (token === undefined) return;
    await this.#send("/api/session", { method: "DELETE", headers: bearer(token) }).catch(() => undefined);
  }

  /** The header of a request. Renews a session that ends soon, and waits for the user when it has ended. */
  async authorize(): Promise<Authorization> {
    const left = (this.#token?.expires ?? 0) - this.#dependencies.now();
    if (left <= 0) await this.#waitForSignIn();
    else if (left < RENEW_BEFORE_MS) await this.#renew();
    return bearer(this.#token?.token ?? "");
  }

  /** Somebody uses the page: renews a session that ends soon, although no request is sent. */
  touch(): void {
    const left = (this.#token?.expires ?? 0) - this.#dependencies.now();
    if (left > 0 && left < RENEW_BEFORE_MS) void this.#renew();
  }

  /** The server did not accept the token of a request: it has ended, or the user may not sign in any more. */
  reject({ authorization }: Authorization): void {
    if (authorization === bearer(this.#token?.token ?? "").authorization) this.#token = undefined;
  }

  async #waitForSignIn(): Promise<void> {
    const { value } = this.state;
    if (value.status === "signed-in") this.state.set({ status: "expired", me: value.me });
    this.#signedInAgain ??= Promise.withResolvers();
    await this.#signedInAgain.promise;
  }

  #renew(): Promise<void> {
    this.#renewal ??= this.#replaceToken().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #replaceToken(): Promise<void> {
    const current = this.#token;
    if (!current) return;
    try {
      this.#keep(await this.#createSession(bearer(current.token).authorization, current.user));
    } catch {
      // The present token is still valid. When it has ended, the page asks for the password.
    }
  }

  async #createSession(authorization: string, user: string): Promise<SessionToken> {
    const response = await this.#send("/api/session", { method: "POST", headers: { authorization } });
    if (response.status === 401) {
      throw new ApiError("The user name or the password is wrong.", { status: 401, code: "InvalidCredentials" });
    }
    if (!response.ok) throw await toApiError(response);
    const { token, expires_in } = (await response.json()) as { token: string; expires_in: number };
    // By this clock, which can differ from that of the server.
    return { token, expires: this.#dependencies.now() + expires_in * 1000, user };
  }

  async #readMe(token: string): Promise<Me> {
    const response = await this.#send("/api/me", { headers: bearer(token) });
    if (!response.ok) throw await toApiError(response);
    return (await response.json()) as Me;
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    return sendRequest(path, { ...init, cache: "no-store" }, this.#dependencies.fetch);
  }

  #keep(token: SessionToken | undefined): void {
    this.#token = token;
    this.#dependencies.stored.write(token);
  }

  #forget(): void {
    this.#keep(undefined);
    this.#signedInAgain?.reject(new ApiError("You have signed out.", { status: 401 }));
    this.#signedInAgain = undefined;
    this.state.set({ status: "signed-out" });
  }
}

const bearer = (token: string): Authorization => ({ authorization: `Bearer ${token}` });
