import { generateKeyPairSync } from "node:crypto";
import type { JWK } from "jose";
import { describe, expect, it, vi } from "vitest";
import type { OpenIdConnectSettings } from "./open-id-connect-settings.ts";
import { KEYS_COOLDOWN_MS, KEYS_MAX_AGE_MS } from "./provider-keys.ts";
import { OpenIdProviderUnavailableError, REQUEST_INTERVAL_MS } from "./provider-reader.ts";
import { OpenIdProvider } from "./testing/open-id-provider.ts";
import { alice, claims, createVerifier, signToken, VerificationTest, validClaims } from "./testing/verification.ts";

const DISCOVERY = "/.well-known/openid-configuration";
const KEYS = "/jwks";

const test = new VerificationTest();

const wait = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);
const verifierOf = (settings: Partial<OpenIdConnectSettings> = {}, fetch = globalThis.fetch) =>
  createVerifier(test.provider.issuer, test.log, settings, fetch);
const valid = () => validClaims(test.provider.issuer);
const signed = (header: object, payload: object, key = test.keys.one) => signToken(header, payload, key);
const publicPart = ({ kty, n, e, kid }: JWK): JWK => ({ kty, n, e, kid }) as JWK;

describe("a rotation of the keys", () => {
  it("makes the ID of the key necessary while there are several keys", async () => {
    const token = signed({ alg: "RS256" }, valid());
    const verifier = verifierOf();
    expect(await verifier.verify(token)).toEqual(alice);
    test.provider.rotate([test.keys.one, test.keys.two]);
    wait(KEYS_MAX_AGE_MS);
    expect(await verifier.verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual(["ERR_JWKS_MULTIPLE_MATCHING_KEYS"]);
  });

  it("makes tokens of the new key valid as soon as the keys may be read again", async () => {
    const verifier = verifierOf();
    const old = await test.provider.accessToken({ claims });
    expect(await verifier.verify(old)).toEqual(alice);
    test.provider.rotate([test.keys.two, test.keys.one]);
    const token = await test.provider.accessToken({ claims });
    wait(KEYS_COOLDOWN_MS - 1);
    expect(await verifier.verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual(["ERR_JWKS_NO_MATCHING_KEY"]);
    wait(1);
    expect(await verifier.verify(token)).toEqual(alice);
    expect(await verifier.verify(old)).toEqual(alice);
    expect(test.provider.requests).toEqual([DISCOVERY, KEYS, KEYS]);
  });

  it("makes tokens of a removed key invalid after the maximum age of the keys", async () => {
    const verifier = verifierOf();
    const token = await test.provider.accessToken({ claims });
    expect(await verifier.verify(token)).toEqual(alice);
    test.provider.rotate([test.keys.two]);
    wait(KEYS_MAX_AGE_MS - 1);
    expect(await verifier.verify(token)).toEqual(alice);
    wait(1);
    expect(await verifier.verify(token)).toBeUndefined();
    expect(test.log.failed).toEqual(["ERR_JWKS_NO_MATCHING_KEY"]);
  });

  it("is found at another address after the maximum age of the keys", async () => {
    const verifier = verifierOf();
    expect(await verifier.verify(await test.provider.accessToken({ claims }))).toEqual(alice);
    const other = await OpenIdProvider.start([test.keys.two]);
    test.provider.override = (_request, response) => {
      response.end(JSON.stringify({ issuer: test.provider.issuer, jwks_uri: `${other.issuer}${KEYS}` }));
    };
    test.provider.rotate([test.keys.two]);
    wait(KEYS_MAX_AGE_MS);
    expect(await verifier.verify(await test.provider.accessToken({ claims }))).toEqual(alice);
    expect(other.requests).toEqual([KEYS]);
    await other.stop();
  });
});

describe("the requests to the provider", () => {
  it("are shared by concurrent first tokens", async () => {
    const verifier = verifierOf();
    const token = await test.provider.accessToken({ claims });
    const results = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)));
    expect(results).toEqual(Array(20).fill(alice));
    expect(test.provider.requests).toEqual([DISCOVERY, KEYS]);
  });

  it("are not repeated for unknown keys, except once after the cooldown", async () => {
    const verifier = verifierOf();
    const verifyMany = (prefix: string) =>
      Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          verifier.verify(signed({ alg: "RS256", kid: `${prefix}-${index}` }, valid(), test.keys.two)),
        ),
      );
    expect(await verifyMany("first")).toEqual(Array(50).fill(undefined));
    expect(test.provider.requests).toEqual([DISCOVERY, KEYS]);
    wait(KEYS_COOLDOWN_MS);
    expect(await verifyMany("second")).toEqual(Array(50).fill(undefined));
    expect(test.provider.requests).toEqual([DISCOVERY, KEYS, KEYS]);
  });

  it("use the address of the discovery document without a second slash", async () => {
    const issuer = "https://tenant.example/";
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response("", { status: 503 }));
    const token = signed({ alg: "RS256", kid: "one" }, { ...valid(), iss: issuer });
    await expect(verifierOf({ issuer }, fetch).verify(token)).rejects.toThrow(OpenIdProviderUnavailableError);
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([`https://tenant.example${DISCOVERY}`]);
  });
});

describe("a test.provider that is unavailable", () => {
  it("is not reported as an invalid token, and is used again when it is back", async () => {
    const fetch = vi.fn(globalThis.fetch);
    const verifier = verifierOf({}, fetch);
    const token = await test.provider.accessToken({ claims });
    await test.provider.stop();
    for (let count = 0; count < 20; count += 1) {
      await expect(verifier.verify(token)).rejects.toMatchObject({
        name: "OpenIdProviderUnavailableError",
        code: "OpenIdProviderUnavailable",
        message: `Cannot read ${test.provider.issuer}${DISCOVERY}`,
      });
    }
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(test.log.failed).toEqual([]);
    await test.provider.restart();
    wait(REQUEST_INTERVAL_MS);
    expect(await verifier.verify(token)).toEqual(alice);
  });

  it("does not affect tokens of known keys until their maximum age", async () => {
    const verifier = verifierOf();
    const token = await test.provider.accessToken({ claims });
    expect(await verifier.verify(token)).toEqual(alice);
    await test.provider.stop();
    wait(KEYS_COOLDOWN_MS);
    const unknown = signed({ alg: "RS256", kid: "two" }, valid(), test.keys.two);
    await expect(verifier.verify(unknown)).rejects.toThrow(OpenIdProviderUnavailableError);
    expect(await verifier.verify(token)).toEqual(alice);
    wait(KEYS_MAX_AGE_MS);
    await expect(verifier.verify(token)).rejects.toThrow(OpenIdProviderUnavailableError);
    await test.provider.restart();
  });

  it("does not affect tokens that are invalid without its keys", async () => {
    await test.provider.stop();
    expect(await verifierOf().verify("abc-123_x")).toBeUndefined();
    await test.provider.restart();
  });

  const discovery = (change: object = {}) =>
    JSON.stringify({ issuer: test.provider.issuer, jwks_uri: `${test.provider.issuer}${KEYS}`, ...change });
  // Everything else is as it should be: a test.provider without the fault would be used.
  it.each<[string, string, () => { readonly status?: number; readonly body: string }]>([
    ["an error", DISCOVERY, () => ({ status: 503, body: discovery() })],
    ["a redirect", DISCOVERY, () => ({ status: 302, body: "" })],
    ["a page", DISCOVERY, () => ({ body: "<html>" })],
    ["a document without an issuer", DISCOVERY, () => ({ body: discovery({ issuer: undefined }) })],
    ["a document of another issuer", DISCOVERY, () => ({ body: discovery({ issuer: `${test.provider.issuer}/` }) })],
    [
      "an insecure address of the keys",
      DISCOVERY,
      () => ({ body: discovery({ jwks_uri: `${test.provider.issuer.replace("127.0.0.1", "0.0.0.0")}${KEYS}` }) }),
    ],
    ["something else as the keys", KEYS, () => ({ body: "{}" })],
    ["private keys", KEYS, () => ({ body: JSON.stringify({ keys: [test.keys.one] }) })],
  ])("is one that responds with %s", async (_name, path, response) => {
    test.provider.override = (request, outgoing) => {
      const { status = 200, body } = request.url === path ? response() : { body: discovery() };
      if (request.url === KEYS && path !== KEYS)
        return outgoing.end(JSON.stringify({ keys: [publicPart(test.keys.one)] }));
      return outgoing.writeHead(status, { location: `${test.provider.issuer}/other` }).end(body);
    };
    const verifier = verifierOf();
    const token = await test.provider.accessToken({ claims });
    await expect(verifier.verify(token)).rejects.toThrow(OpenIdProviderUnavailableError);
    const requests = [...test.provider.requests];
    await expect(verifier.verify(token)).rejects.toThrow(OpenIdProviderUnavailableError);
    expect(test.provider.requests).toEqual(requests);
    expect(test.log.failed).toEqual([]);
    test.provider.override = undefined;
    wait(KEYS_MAX_AGE_MS); // Unusable keys are cached too when they have the form of keys.
    expect(await verifier.verify(token)).toEqual(alice);
  });

  it("is not one whose key is too short, which is an error of its configuration", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1_024 });
    const short: JWK = { ...privateKey.export({ format: "jwk" }), kid: "short" };
    test.provider.override = (_request, response) => void response.end(discovery({ keys: [publicPart(short)] }));
    const token = signed({ alg: "RS256", kid: "short" }, valid(), short);
    await expect(verifierOf().verify(token)).rejects.toThrow(TypeError);
  });

  it("is one that does not respond within 3 s", async () => {
    const timeout = new AbortController();
    const create = vi.spyOn(AbortSignal, "timeout").mockReturnValue(timeout.signal);
    test.provider.override = (_request, response) => {
      response.writeHead(200).write("{"); // The response begins and does not end.
      timeout.abort(new DOMException("The operation timed out", "TimeoutError"));
    };
    const token = await test.provider.accessToken({ claims });
    await expect(verifierOf().verify(token)).rejects.toThrow(OpenIdProviderUnavailableError);
    expect(create).toHaveBeenCalledWith(3_000);
  });
});
