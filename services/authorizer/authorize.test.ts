import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { parseAuthorization } from "./authorization-header.ts";
import { createAuthorizer } from "./authorize.ts";
import { type RotatingSecret, SecretApiKeyStore, SecretUserStore } from "./user-store.ts";

/** A cached value and the current one, which a refresh returns. */
class RotatingValue<T> implements RotatingSecret<T> {
  refreshes = 0;
  cached: T;
  current: T;

  constructor(value: T) {
    this.cached = value;
    this.current = value;
  }

  get = async (): Promise<T> => this.cached;
  refresh = async (): Promise<T> => {
    this.refreshes += 1;
    this.cached = this.current;
    return this.cached;
  };
}

let client: RotatingValue<{ username: string; password: string }>;
let apiKey: RotatingValue<{ key: string }>;

beforeEach(() => {
  client = new RotatingValue({ username: "nvclient", password: "my:secret:kéy🎉" });
  apiKey = new RotatingValue({ key: "abc-123_x" });
});

const authorize = (authorization: string | undefined) =>
  createAuthorizer(
    new SecretUserStore(client),
    new SecretApiKeyStore(apiKey),
  )({
    headers: authorization === undefined ? {} : { authorization },
  });

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const denied = { isAuthorized: false, context: {} };

it("authorizes the client, with colons and Unicode in the password", async () => {
  expect(await authorize(basic("nvclient", "my:secret:kéy🎉"))).toEqual({
    isAuthorized: true,
    context: { user: "nvclient", role: "admin" },
  });
});

it("authorizes a machine by its key, as a writer", async () => {
  expect(await authorize("Bearer abc-123_x")).toEqual({
    isAuthorized: true,
    context: { user: "api-key", role: "writer" },
  });
});

it.each([
  undefined,
  "",
  "Basic",
  "Basic ",
  "Basic !!!",
  "Basic bnZjbGllbnQ=",
  `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString("base64")}`,
  basic("", ""),
  basic("nvclient", ""),
  basic("", "my:secret:kéy🎉"),
  basic("nvclient", "my"),
  basic("nvclient", "my:secret:kéy🎉 "),
  basic("NVCLIENT", "my:secret:kéy🎉"),
  basic("someone", "my:secret:kéy🎉"),
  `${basic("nvclient", "my:secret:kéy🎉")}, Basic x`,
  `Digest ${Buffer.from("nvclient:my:secret:kéy🎉").toString("base64")}`,
  "Bearer ",
  "Bearer abc-123_",
  "Bearer abc 123",
  `Basic ${"A".repeat(100_000)}`,
])("denies %j", async (header) => {
  expect(await authorize(header)).toEqual(denied);
});

it("matches the scheme case-insensitively", async () => {
  expect(await authorize(basic("nvclient", "my:secret:kéy🎉").replace("Basic", "bASIC"))).toMatchObject({
    isAuthorized: true,
  });
});

describe("a rotated secret", () => {
  it("is read when the cached one does not match", async () => {
    client.current = { username: "nvclient", password: "two" };
    expect(await authorize(basic("nvclient", "two"))).toMatchObject({ isAuthorized: true });
    expect(await authorize(basic("nvclient", "my:secret:kéy🎉"))).toEqual(denied);
  });

  it("is read once for an unknown user as well as for a wrong password", async () => {
    await authorize(basic("unknown", "x"));
    expect(client.refreshes).toBe(1);
    await authorize(basic("nvclient", "x"));
    expect(client.refreshes).toBe(2);
  });
});

describe("parseAuthorization", () => {
  it("restores every username without a colon and every password", () => {
    const name = fc.string({ unit: "grapheme" }).filter((text) => !text.includes(":"));
    fc.assert(
      fc.property(name, fc.string({ unit: "grapheme" }), (username, password) => {
        expect(parseAuthorization(basic(username, password))).toEqual({ scheme: "basic", username, password });
      }),
    );
  });

  it("parses any header without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseAuthorization(text)));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseAuthorization(`Basic ${text}`)));
  });
});
