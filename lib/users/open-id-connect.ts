import { decodeJwt, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import type { Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import type { OpenIdConnectSettings } from "./open-id-connect-settings.ts";
import { ProviderKeys } from "./provider-keys.ts";
import { createProviderReader } from "./provider-reader.ts";
import { grantsOf, userOf } from "./token-claims.ts";
import type { TokenVerifier } from "./token-verifier.ts";

export interface OpenIdConnectDependencies {
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  /** Default: that of Node.js. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Characters. API Gateway accepts 10 KiB for all headers of a request together. */
export const MAX_TOKEN_LENGTH = 8_192;

/** Seconds by which the clocks of the provider and of this machine may differ. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** Only asymmetric ones: with HS256, the public key would be accepted as the secret. */
const algorithms = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

/**
 * ID tokens, and access tokens with (RFC 9068) or without a type of their own. Other JWT with the same issuer and
 * audience, such as logout tokens, are no proof that a user has signed in.
 */
const types = /^(application\/)?(jwt|at\+jwt)$/i;

/** A check that `jose` does not make has failed. */
class InvalidTokenError extends Error {
  override readonly name = "InvalidTokenError";
  readonly check: string;

  constructor(check: string) {
    super(`Invalid ${check}`);
    this.check = check;
  }
}

/**
 * Verifies the ID tokens and the access tokens (as JWT) of an OpenID provider, whose keys are read when the first token
 * is verified; the log says which check of a token failed. `verify` also throws a TypeError when an RSA key of the
 * provider is shorter than 2048 bits.
 */
export function createOpenIdConnectVerifier(
  settings: OpenIdConnectSettings,
  { clock, log, fetch = globalThis.fetch }: OpenIdConnectDependencies,
): TokenVerifier {
  const keys = new ProviderKeys(settings.issuer, createProviderReader(fetch, clock));

  const readClaims = async (token: string): Promise<JWTPayload> => {
    if (token.length > MAX_TOKEN_LENGTH) throw new InvalidTokenError("length");
    // Before the keys are read, so that tokens of other issuers cause no requests to this one.
    if (decodeJwt(token).iss !== settings.issuer) throw new InvalidTokenError("iss");
    const now = clock.now();
    const options: JWTVerifyOptions = {
      algorithms,
      issuer: settings.issuer,
      audience: settings.audience,
      requiredClaims: ["exp", "iat"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now),
    };
    const { payload, protectedHeader } = await jwtVerify(token, (...args) => keys.find(...args), options);
    if (protectedHeader.typ !== undefined && !types.test(protectedHeader.typ)) throw new InvalidTokenError("typ");
    if ((payload.iat ?? 0) > now / 1_000 + CLOCK_TOLERANCE_SECONDS) throw new InvalidTokenError("iat");
    return payload;
  };

  return {
    verify: async (token) => {
      try {
        const claims = await readClaims(token);
        const user = userOf(claims, settings.userClaim);
        if (user === undefined) throw new InvalidTokenError(settings.userClaim);
        const expiresAt = ((claims.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000;
        return { user, grants: grantsOf(claims, settings), expiresAt };
      } catch (error) {
        const check = failedCheck(error);
        if (check === undefined) throw error;
        log.warn("A token of the OpenID provider is not valid", { check });
        return undefined;
      }
    },
  };
}

/**
 * The claim or the code of `jose` for the check of a token that failed; undefined for other errors. The message is left
 * out because it may contain a part of the token.
 */
function failedCheck(error: unknown): string | undefined {
  if (error instanceof InvalidTokenError) return error.check;
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim;
  return error instanceof errors.JOSEError ? error.code : undefined;
}
