import type { Principal } from "./principal.ts";

/** Verifies the tokens of an OpenID provider. */
export interface TokenVerifier {
  /**
   * Undefined for every token that is not valid.
   *
   * @throws OpenIdProviderUnavailableError when the discovery document or the keys cannot be read
   */
  verify(token: string): Promise<Pick<Principal, "user" | "grants" | "expiresAt"> | undefined>;
}
