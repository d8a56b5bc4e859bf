import { createPrivateKey, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { decodeJwt, SignJWT } from "jose";
import { describe, expect, it, vi } from "vitest";
import { MAX_TOKEN_LENGTH } from "./open-id-connect.ts";
import type { OpenIdConnectSettings } from "./open-id-connect-settings.ts";
import { CLIENT_ID, createSigningKey, OpenIdProvider, RESOURCE, TTL } from "./testing/open-id-provider.ts";
import {
  alice,
  claims,
  createVerifier,
  seconds,
  signToken,
  VerificationTest,
  validClaims,
} from "./testing/verification.ts";

const test = new VerificationTest();

const wait = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);
const verifierOf = (settings: Partial<OpenIdConnectSettings> = {}) =>
  createVerifier(test.provider.issuer, test.log, settings);
const valid = () => validClaims(test.provider.issuer);
const signed = (header: object, payload: object, key = test.keys.one) => signToken(header, payload, key);

describe("a token of the provider", () => {
  it("is accepted when it is an access token", async () => {
    expect(await verifierOf().verify(await test.provider.accessToken({ claims }))).toEqual(alice);
    expect(test.log.failed).toEqual([]);
  });

  it("is accepted when it is the ID token of a user who signed in", async () => {
    expect(await verifierOf({ audience: CLIENT_ID }).verify(await test.provider.idToken(claims))).toEqual(alice);
  });

  it("is accepted without grants when no value is mapped", async () => {
    const token = await test.provider.accessToken({
      claims: { email: "bob@example.com", email_verified: true, groups: ["sales"] },
    });
    expect(await verifierOf().verify(token)).toMatchObject({ user: "oidc:bob@example.com", grants: [] });
  });

  it.each(["RS256", "PS512", "ES256", "ES384", "ES512", "EdDSA"])("is accepted when signed with %s", async (alg) => {
    test.provider.rotate([await createSigningKey("other", alg)]);
    expect(await verifierOf().verify(await test.provider.accessToken({ claims }))).toEqual(alice);
  });

  it("is accepted until it expires, with a tolerance of a minute", async () => {
    const verifier = verifierOf();
    const token = await test.provider.accessToken({ claims });
    wait((TTL + 59) * 1_000);
    expect(await verifier.verify(token)).toEqual(alice);
    wait(1_000);
    expect(await verifier.verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual(["exp"]);
  });

  it("is accepted with times that are up to a minute in the future", async () => {
    const soon = seconds() + 60;
    const token = await test.provider.accessToken({ claims: { ...claims, nbf: soon, iat: soon } });
    expect(await verifierOf().verify(token)).toEqual(alice);
  });

  it.each([
    ["nbf", () => ({ nbf: seconds() + 61 })],
    ["iat", () => ({ iat: seconds() + 61 })],
    ["iat", () => ({ iat: null })],
    ["exp", () => ({ exp: String(seconds() + 60) })],
    ["aud", () => ({ aud: [`${RESOURCE}/`, "other"] })],
    ["email", () => ({ email: undefined })],
    ["email", () => ({ email_verified: false })],
    ["email", () => ({ email_verified: undefined })],
  ])("is refused for its %s", async (check, change) => {
    const token = await test.provider.accessToken({ claims: { ...claims, ...change() } });
    expect(await verifierOf().verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual([check]);
  });

  it("is refused for another audience", async () => {
    expect(
      await verifierOf({ audience: CLIENT_ID }).verify(await test.provider.accessToken({ claims })),
    ).toBeUndefined();
    expect(await verifierOf().verify(await test.provider.idToken(claims))).toBeUndefined();
    expect(test.log.failed).toEqual(["aud", "aud"]);
  });
});

describe("a forged token", () => {
  it("of another issuer is refused, without a request", async () => {
    const other = await OpenIdProvider.start([test.keys.one]);
    const token = await other.accessToken({ claims });
    await other.stop();
    expect(await verifierOf().verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual(["iss"]);
    expect(test.provider.requests).toEqual([]);
  });

  it("with a changed payload is refused", async () => {
    const [header, , signature] = (await test.provider.accessToken({ claims })).split(".");
    const payload = Buffer.from(JSON.stringify({ ...valid(), groups: ["admins"] })).toString("base64url");
    expect(await verifierOf().verify(`${header}.${payload}.${signature}`)).toBeUndefined();
    expect(test.log.failed).toEqual(["ERR_JWS_SIGNATURE_VERIFICATION_FAILED"]);
  });

  it("signed with another key under the same ID is refused", async () => {
    expect(await verifierOf().verify(signed({ alg: "RS256", kid: "one" }, valid(), test.keys.two))).toBeUndefined();
    expect(test.log.failed).toEqual(["ERR_JWS_SIGNATURE_VERIFICATION_FAILED"]);
  });

  it("with its own key in the header is refused", async () => {
    const { n, e, kty } = test.keys.two;
    const header = { alg: "RS256", jwk: { n, e, kty }, jku: `${test.provider.issuer}/stolen` };
    expect(await verifierOf().verify(signed(header, valid(), test.keys.two))).toBeUndefined();
    expect(test.provider.requests).toEqual(["/.well-known/openid-configuration", "/jwks"]);
  });

  it.each(["none", "None", "nOnE", ""])("with the algorithm %j is refused, without a request", async (alg) => {
    const [, payload] = (await test.provider.accessToken({ claims })).split(".");
    const header = Buffer.from(JSON.stringify({ alg, kid: "one" })).toString("base64url");
    expect(await verifierOf().verify(`${header}.${payload}.`)).toBeUndefined();
    expect(test.provider.requests).toEqual([]);
  });

  it.each(["spki", "pkcs1", "jwk"] as const)(
    "signed by HS256 with the public key (%s) as the secret is refused, without a request",
    async (form) => {
      const publicKey = createPublicKey(createPrivateKey({ key: { ...test.keys.one }, format: "jwk" }));
      const text =
        form === "jwk"
          ? JSON.stringify(publicKey.export({ format: "jwk" }))
          : String(publicKey.export({ type: form, format: "pem" }));
      const token = new SignJWT(valid()).setProtectedHeader({ alg: "HS256", kid: "one" });
      expect(await verifierOf().verify(await token.sign(Buffer.from(text)))).toBeUndefined();
      expect(test.log.failed).toEqual(["ERR_JOSE_ALG_NOT_ALLOWED"]);
      expect(test.provider.requests).toEqual([]);
    },
  );
});

describe("the form of a token", () => {
  it("expires with the token, a minute later for clocks that differ", async () => {
    const token = valid();
    const { expiresAt } = (await verifierOf().verify(signed({ alg: "RS256", kid: "one" }, token))) ?? {};
    expect(expiresAt).toBe((Number(token.exp) + 60) * 1_000);
  });

  it.each(["JWT", "jwt", "at+jwt", "application/at+jwt", undefined])("accepts the type %s", async (typ) => {
    expect(await verifierOf().verify(signed({ alg: "RS256", kid: "one", typ }, valid()))).toEqual(alice);
  });

  it.each(["logout+jwt", "secevent+jwt", "dpop+jwt", "", "jwt "])("refuses the type %j", async (typ) => {
    expect(await verifierOf().verify(signed({ alg: "RS256", kid: "one", typ }, valid()))).toBeUndefined();
    expect(test.log.failed).toEqual(["typ"]);
  });

  it.each(["iat", "exp", "aud"])("refuses a token without %s", async (claim) => {
    const token = signed({ alg: "RS256", kid: "one" }, { ...valid(), [claim]: undefined });
    expect(await verifierOf().verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual([claim]);
  });

  it("refuses critical extensions", async () => {
    const header = { alg: "RS256", kid: "one", crit: ["extension"], extension: 1 };
    expect(await verifierOf().verify(signed(header, valid()))).toBeUndefined();
    expect(await verifierOf().verify(signed({ ...header, crit: ["b64"], b64: false }, valid()))).toBeUndefined();
    expect(test.log.failed[0]).toBe("ERR_JOSE_NOT_SUPPORTED");
  });

  it("refuses a token of more than 8 KiB", async () => {
    const of = (padding: number) => signed({ alg: "RS256", kid: "one" }, { ...valid(), padding: "x".repeat(padding) });
    // Four characters of base64 for each three bytes.
    const room = Math.floor(((MAX_TOKEN_LENGTH - of(0).length) * 3) / 4);
    expect(await verifierOf().verify(of(room))).toEqual(alice);
    expect(await verifierOf().verify(of(room + 3))).toBeUndefined();
    expect(test.log.failed).toEqual(["length"]);
  });

  it.each(["", "abc-123_x", "a.b.c", "..", "e30.e30.", "e30.e30.e30.e30.e30", "é.é.é"])(
    "refuses %j, without a request",
    async (token) => {
      expect(await verifierOf().verify(token)).toBeUndefined();
      expect(test.provider.requests).toEqual([]);
    },
  );

  it("is refused without an error for any header and claims", async () => {
    const verifier = verifierOf();
    const header = fc.record({
      alg: fc.constantFrom<unknown>("RS256", "ES256", "EdDSA", 1, null),
      kid: fc.jsonValue(),
    });
    const extra = fc.dictionary(fc.constantFrom("typ", "crit", "b64", "zip", "jwk", "x5c"), fc.jsonValue());
    const payload = fc.dictionary(fc.constantFrom("aud", "exp", "iat", "nbf", "email"), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(header, extra, payload, async (first, second, third) => {
        const token = signed({ ...first, ...second }, { iss: test.provider.issuer, ...third });
        expect(await verifier.verify(token)).toBeUndefined();
      }),
    );
  });

  it("never appears in the log", async () => {
    const header = { alg: "RS256", kid: "secret-kid", crit: ["secret-extension"], typ: "secret-type" };
    const tokens = [
      signed(header, valid()),
      signed({ alg: "secret-algorithm" }, valid()),
      signed({ alg: "RS256", kid: "one" }, { ...valid(), aud: "secret-audience" }),
      signed({ alg: "RS256", kid: "one" }, { ...valid(), email: "secret-email\n" }),
    ];
    for (const token of tokens) expect(await verifierOf().verify(token)).toBeUndefined();
    expect(test.log.failed).toHaveLength(tokens.length);
    expect(test.log.text).not.toContain("secret");
    for (const part of tokens.join(".").split(".")) expect(test.log.text).not.toContain(part);
  });
});

describe("the tokens of", () => {
  const grants = (value: string) => [{ value, role: "admin", prefix: "" } as const];
  const group = "2a7f6a1e-0f0c-4d0b-9d3a-6a3d7f2b9c11";

  it.each([
    {
      name: "Amazon Cognito (ID token)",
      settings: { grantsClaim: "cognito:groups", grants: grants("developers") },
      claims: {
        "cognito:groups": ["developers"],
        "cognito:username": "alice",
        email: "alice@example.com",
        email_verified: true,
        token_use: "id",
      },
      user: "oidc:alice@example.com",
    },
    {
      name: "Microsoft Entra (roles of the application)",
      settings: { userClaim: "preferred_username", grantsClaim: "roles", grants: grants("Files.Admin") },
      claims: { roles: ["Files.Admin"], preferred_username: "alice@contoso.com", oid: group, tid: group, ver: "2.0" },
      user: "oidc:alice@contoso.com",
    },
    {
      name: "Microsoft Entra (IDs of groups)",
      settings: { userClaim: "oid", grantsClaim: "groups", grants: grants(group) },
      claims: { groups: [group], oid: "00000000-0000-0000-66f3-3332eca7ea81", ver: "2.0" },
      user: "oidc:00000000-0000-0000-66f3-3332eca7ea81",
    },
    {
      name: "Okta",
      settings: { grantsClaim: "groups", grants: grants("Everyone") },
      claims: { groups: ["Everyone", "Sales"], email: "alice@example.com", email_verified: true, ver: 1, amr: ["pwd"] },
      user: "oidc:alice@example.com",
    },
    {
      name: "Keycloak (roles of the realm)",
      settings: { userClaim: "preferred_username", grantsClaim: "realm_access.roles", grants: grants("files-admin") },
      claims: {
        typ: "Bearer",
        azp: "files-web",
        aud: [RESOURCE, "account"],
        realm_access: { roles: ["offline_access", "files-admin"] },
        resource_access: { account: { roles: ["view-profile"] } },
        email_verified: false,
        preferred_username: "alice",
      },
      user: "oidc:alice",
    },
    {
      name: "Auth0 (a claim of a rule)",
      settings: { userClaim: "sub", grantsClaim: "https://example.com/groups", grants: grants("admins") },
      claims: { "https://example.com/groups": ["admins"], sub: "auth0|5f7c" },
      user: "oidc:auth0|5f7c",
    },
  ])("$name are accepted", async ({ settings, claims: ofProvider, user }) => {
    const token = await test.provider.accessToken({ claims: ofProvider });
    expect(decodeJwt(token)).toMatchObject(ofProvider);
    expect(await verifierOf(settings).verify(token)).toMatchObject({ user, grants: [{ role: "admin", prefix: "" }] });
    const none = { ...settings, grants: grants("unknown") };
    expect(await verifierOf(none).verify(token)).toMatchObject({ user, grants: [] });
  });
});
