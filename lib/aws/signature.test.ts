import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeKey } from "../keys/object-key.ts";
import { presignQuery, sha256, signHeaders, UNSIGNED_PAYLOAD } from "./signature.ts";

/** The hashes of Node.js with the interface that the SDK's signer requires. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error("The signer does not call it");
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

const credentials = fc.record(
  {
    accessKeyId: fc.constantFrom("AKIDEXAMPLE", "ASIAEXAMPLE"),
    secretAccessKey: fc.string({ minLength: 1 }),
    sessionToken: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ["accessKeyId", "secretAccessKey"] },
);
/** Keys of S3 with every character, and with segments that a URL would not keep. */
const key = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc
    .array(fc.constantFrom("a", ".", "..", "", "!'()*", "ü", " ", "+", "%2F", "日本"), { minLength: 1 })
    .map((parts) => parts.join("/")),
);
const query = fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" }), {
  maxKeys: 4,
  noNullPrototype: true,
});
const headerValue = fc.stringMatching(/^[!-~]( {0,3}[!-~])*$/);
const headers = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), headerValue, { maxKeys: 3, noNullPrototype: true });

const request = fc.record({
  service: fc.constantFrom("s3", "dynamodb", "lambda"),
  method: fc.constantFrom("GET", "PUT", "POST"),
  key,
  query,
  headers,
  body: fc.string(),
  credentials,
  now: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
});

/** Only S3 keeps empty segments and those with dots, and other services have none. */
const isNormal = (path: string): boolean => !path.split("/").some((segment) => ["", ".", ".."].includes(segment));

it("is that of the SDK's signer", async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ service, method, key, query, headers, body, credentials, now }) => {
      fc.pre(service === "s3" || isNormal(key));
      const signable = { method, path: `/${encodeKey(key)}`, query, headers: { ...headers, host: "b.example:1" } };
      const signer = new SignatureV4({
        service,
        region: "eu-west-1",
        credentials,
        sha256: Sha256,
        uriEscapePath: service !== "s3",
      });
      const hash = sha256(body);
      const expected = await signer.sign(
        {
          ...signable,
          protocol: "https:",
          hostname: "b.example",
          port: 1,
          body,
          headers: { ...signable.headers, "x-amz-content-sha256": hash },
        },
        { signingDate: now },
      );
      const signed = signHeaders(signable, hash, { credentials, region: "eu-west-1", service, now: now.getTime() });
      expect(signed).toEqual(expected.headers);
    }),
  );
});

it("is that of the SDK's signer in a presigned query", async () => {
  await fc.assert(
    fc.asyncProperty(request, fc.integer({ min: 1, max: 604_800 }), async (generated, expiresIn) => {
      const { method, key, query, headers, credentials, now } = generated;
      const signable = { method, path: `/${encodeKey(key)}`, query, headers: { ...headers, host: "b.example" } };
      const signer = new SignatureV4({
        service: "s3",
        region: "eu-west-1",
        credentials,
        sha256: Sha256,
        uriEscapePath: false,
      });
      const names = new Set(Object.keys(headers));
      const expected = await signer.presign(
        // The signer takes the hash of the body from this header.
        {
          ...signable,
          protocol: "https:",
          hostname: "b.example",
          headers: { ...signable.headers, "x-amz-content-sha256": UNSIGNED_PAYLOAD },
        },
        {
          expiresIn,
          signingDate: now,
          signableHeaders: names,
          unhoistableHeaders: new Set([...names, "x-amz-content-sha256"]),
          unsignableHeaders: new Set(["x-amz-content-sha256"]),
        },
      );
      const signature = presignQuery(signable, UNSIGNED_PAYLOAD, expiresIn, {
        credentials,
        region: "eu-west-1",
        service: "s3",
        now: now.getTime(),
      });
      expect(Object.fromEntries(new URLSearchParams(signature))).toEqual({ ...expected.query });
    }),
  );
});
