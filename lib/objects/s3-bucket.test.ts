import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROOT_KEYS } from "../../packages/local-aws/src/aws/s3/testing/s3-harness.ts";
import { testBucket } from "../../packages/local-aws/src/aws/s3/testing/test-bucket.ts";
import { AwsClient } from "../aws/aws-client.ts";
import { s3 } from "../aws/service.ts";
import { MAX_KEY_BYTES } from "../keys/object-key.ts";
import { S3Bucket } from "./s3-bucket.ts";
import { createS3Client, S3ObjectStore } from "./s3-object-store.ts";

const { Bucket, harness } = await testBucket();
const access = {
  endpoint: () => harness.endpoint,
  region: "us-east-1",
  credentials: async () => ROOT_KEYS,
};
const store = new S3ObjectStore(createS3Client(access), Bucket);

/** Every key of S3, also those that the API rejects. */
const key = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc
      .array(fc.constantFrom("a", ".", "..", "", "!'()*", "ü", " ", "+", "%2F", "?x#y", "&=", "日本"), { minLength: 1 })
      .map((parts) => parts.join("/")),
  )
  .filter((text) => text !== "" && Buffer.byteLength(text) <= MAX_KEY_BYTES);

it("stores, copies, lists and deletes an object under any key", async () => {
  await fc.assert(
    fc.asyncProperty(key, async (name) => {
      await store.put(name, Buffer.from(name), "text/plain");
      const { etag = "" } = (await store.head(name)) ?? {};
      expect(Buffer.from((await (await store.open(name))?.read()) ?? []).toString()).toBe(name);
      await store.copy({ key: name, etag }, "copy");
      await store.delete("copy");
      expect((await store.listAfter("")).map((object) => object.key)).toEqual([name]);
      await store.delete(name);
      expect(await store.listAfter("")).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe("the address of the bucket", () => {
  const addressIn = async (endpoint: string | undefined, bucket: string) => {
    const client = new AwsClient(s3, { ...access, region: "eu-west-1", endpoint: () => endpoint });
    const { origin, pathname } = new URL(
      await new S3Bucket(client, bucket).presign({ operation: "GetObject", method: "GET", key: "k" }, 60),
    );
    return `${origin}${pathname}`;
  };

  it.each([
    [undefined, "files", "https://files.s3.eu-west-1.amazonaws.com/k"],
    [undefined, "files.example", "https://s3.eu-west-1.amazonaws.com/files.example/k"],
    ["http://127.0.0.1:9000", "files", "http://127.0.0.1:9000/files/k"],
    ["http://[::1]:9000/base/", "files", "http://[::1]:9000/base/files/k"],
    ["http://s3.localhost:9000", "files", "http://files.s3.localhost:9000/k"],
  ])("at the endpoint %s of the bucket %s is %s", async (endpoint, bucket, url) => {
    expect(await addressIn(endpoint, bucket)).toBe(url);
  });
});
