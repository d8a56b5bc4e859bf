import { createHash, createHmac } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller, Credentials } from "./service.ts";
import { verifySignature } from "./signature.ts";

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const key = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
const caller: Caller = { kind: "root", arn: "arn:aws:iam::000000000000:root", accessKeyId: key.accessKeyId };
const credentials: Credentials = { find: (id) => (id === key.accessKeyId ? { ...key, caller } : undefined) };
const clock = { now: () => NOW };

/** The hash function of the signer, from Node.js. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as string);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

/** The signer of the AWS SDK for JavaScript. */
const signer = (service: string) =>
  new SignatureV4({ service, region: "us-east-1", credentials: key, sha256: Sha256, uriEscapePath: service !== "s3" });

interface Sample {
  method: string;
  path: string;
  query: Record<string, string>;
  body: string;
}

async function signed(service: string, { method, path, query, body }: Sample) {
  const request = await signer(service).sign(
    { method, protocol: "http:", hostname: "127.0.0.1", path, query, headers: { host: "127.0.0.1" }, body },
    { signingDate: new Date(NOW) },
  );
  const search = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    request: { method, url: search ? `${path}?${search}` : path, headers },
    hash: createHash("sha256").update(body).digest("hex"),
  };
}

/** Encodes a path like the SDK. */
const escapePath = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const samples = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "DELETE"),
  path: fc
    .array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 3 })
    .map((parts) => `/${parts.map(escapePath).join("/")}`),
  query: fc.dictionary(
    // The SDK stores parameters in an object literal, which cannot contain one of that name.
    fc.string({ minLength: 1 }).filter((name) => !name.startsWith("X-Amz") && name !== "__proto__"),
    fc.string(),
    { maxKeys: 3 },
  ),
  body: fc.string(),
});

describe("verifySignature", () => {
  it.each(["s3", "sqs"])("accepts any request that the SDK signs for %s", async (service) => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        const { request, hash } = await signed(service, sample);
        expect(verifySignature(request, hash, credentials, clock)).toBe(caller);
      }),
    );
  });

  it("rejects any change of method, path, query, signed header or body", async () => {
    const { request, hash } = await signed("s3", { method: "PUT", path: "/a/b", query: { x: "1" }, body: "text" });
    const other = createHash("sha256").update("other").digest("hex");
    const attempts = [
      [{ ...request, method: "GET" }, hash],
      [{ ...request, url: "/a/c?x=1" }, hash],
      [{ ...request, url: "/a/b?x=2" }, hash],
      [{ ...request, headers: { ...request.headers, host: "example.com" } }, hash],
      [request, other],
    ] as const;
    for (const [attempt, payload] of attempts) {
      expect(() => verifySignature(attempt, payload, credentials, clock)).toThrow(
        expect.objectContaining({ code: "SignatureDoesNotMatch", status: 403 }),
      );
    }
  });

  it("rejects unknown keys, unsigned requests and clock skew", async () => {
    const { request, hash } = await signed("sqs", { method: "POST", path: "/", query: {}, body: "{}" });
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => verifySignature(request, hash, { find: () => undefined }, clock)).toThrow(
      code("InvalidClientTokenId"),
    );
    expect(() => verifySignature({ ...request, headers: {} }, hash, credentials, clock)).toThrow(
      code("MissingAuthenticationToken"),
    );
    for (const minutes of [-16, 16]) {
      const later = { now: () => NOW + minutes * 60_000 };
      expect(() => verifySignature(request, hash, credentials, later)).toThrow(code("RequestTimeTooSkewed"));
    }
  });

  it("accepts a presigned URL until it expires, for the signed request only", async () => {
    const s3 = new S3Client({ endpoint: "http://127.0.0.1", region: "us-east-1", credentials: key });
    const command = new GetObjectCommand({ Bucket: "bucket", Key: "key" });
    const presigned = new URL(await getSignedUrl(s3, command, { signingDate: new Date(NOW), expiresIn: 300 }));
    const url = presigned.pathname + presigned.search;
    const request = { method: "GET", url, headers: { host: "127.0.0.1" } };
    expect(verifySignature(request, "", credentials, clock)).toBe(caller);
    expect(() => verifySignature({ ...request, method: "PUT" }, "", credentials, clock)).toThrow();
    expect(() => verifySignature(request, "", credentials, { now: () => NOW + 301_000 })).toThrow(
      "Request has expired",
    );
    const endless = { ...request, url: url.replace("X-Amz-Expires=300", "X-Amz-Expires=604801") };
    expect(() => verifySignature(endless, "", credentials, clock)).toThrow("604800");
  });

  it("requires the session token of a role session", async () => {
    const session: Credentials = { find: () => ({ ...key, sessionToken: "token", caller }) };
    const { request, hash } = await signed("sqs", { method: "POST", path: "/", query: {}, body: "{}" });
    expect(() => verifySignature(request, hash, session, clock)).toThrow();
  });
});
