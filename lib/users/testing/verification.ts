import { createPrivateKey, sign } from "node:crypto";
import type { JWK } from "jose";
import { afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import type { Log } from "../../log/log.ts";
import { systemClock } from "../../time/clock.ts";
import { createOpenIdConnectVerifier } from "../open-id-connect.ts";
import type { OpenIdConnectSettings } from "../open-id-connect-settings.ts";
import type { TokenVerifier } from "../token-verifier.ts";
import { createSigningKey, OpenIdProvider, RESOURCE } from "./open-id-provider.ts";

/** Claims that are added to those of the provider, and the user that the tokens are of. */
export const claims = { email: "alice@example.com", email_verified: true, groups: ["developers"] };
export const alice = {
  user: "oidc:alice@example.com",
  grants: [{ role: "writer", prefix: "team/" }],
  expiresAt: expect.any(Number),
};

/** Records which checks have failed. */
export class CheckLog implements Pick<Log, "warn"> {
  readonly failed: unknown[] = [];
  /** All entries as JSON. */
  text = "";

  warn = (...entry: [unknown, ...unknown[]]): void => {
    this.text += JSON.stringify(entry);
    this.failed.push((entry[1] as { check: unknown }).check);
  };
}

/** A verifier that maps the group `developers`. */
export const createVerifier = (
  issuer: string,
  log: CheckLog,
  settings: Partial<OpenIdConnectSettings> = {},
  fetch = globalThis.fetch,
): TokenVerifier =>
  createOpenIdConnectVerifier(
    {
      issuer,
      audience: RESOURCE,
      userClaim: "email",
      grantsClaim: "groups",
      grants: [{ value: "developers", role: "writer", prefix: "team/" }],
      ...settings,
    },
    { clock: systemClock, log, fetch },
  );

/** Seconds since the epoch. */
export const seconds = (): number => Math.floor(Date.now() / 1_000);

/** The claims of a valid token, for an hour. */
export const validClaims = (issuer: string) => ({
  iss: issuer,
  aud: RESOURCE,
  iat: seconds(),
  exp: seconds() + 3_600,
  ...claims,
});

/** Signs by RS256 what no provider would. */
export function signToken(header: object, payload: object, key: JWK): string {
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const privateKey = createPrivateKey({ key: { ...key }, format: "jwk" });
  return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
}

/** A provider for each test of a file, with a clock that the test sets. */
export class VerificationTest {
  keys!: { readonly one: JWK; readonly two: JWK };
  provider!: OpenIdProvider;
  log!: CheckLog;

  /** Registers the hooks of the file. */
  constructor() {
    beforeAll(async () => {
      this.keys = { one: await createSigningKey("one"), two: await createSigningKey("two") };
    });
    beforeEach(async () => {
      // Only the date, which also the provider and jose use: time passes when a test says so.
      vi.useFakeTimers({ toFake: ["Date"] });
      this.provider = await OpenIdProvider.start([this.keys.one]);
      this.log = new CheckLog();
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      vi.useRealTimers();
      await this.provider.stop();
    });
  }
}
