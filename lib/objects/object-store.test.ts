import { PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ROOT_KEYS } from "../../packages/local-aws/src/aws/s3/testing/s3-harness.ts";
import { testBucket } from "../../packages/local-aws/src/aws/s3/testing/test-bucket.ts";
import { type ObjectStore, PreconditionFailedError } from "./object-store.ts";
import { createS3Client, S3ObjectStore } from "./s3-object-store.ts";
import { MemoryObjectStore } from "./testing/memory-object-store.ts";

const { Bucket, harness } = await testBucket();
const client = createS3Client({
  endpoint: () => harness.endpoint,
  region: "us-east-1",
  credentials: async () => ROOT_KEYS,
});
await harness.client().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));

const stores: readonly [string, ObjectStore][] = [
  ["S3", new S3ObjectStore(client, Bucket)],
  ["memory", new MemoryObjectStore()],
];

describe.each(stores)("the objects in %s", (_, objects) => {
  const put = (key: string, text = "content") => objects.put(key, Buffer.from(text), "text/plain");
  const etagOf = async (key: string) => (await objects.head(key))?.etag ?? "";

  it("keep their metadata", async () => {
    await objects.put("metadata", Buffer.from("x"), "text/plain", { metadata: { author: "ada" } });
    expect(await objects.head("metadata")).toMatchObject({ size: 1, userMetadata: { author: "ada" } });
    expect((await objects.open("metadata"))?.metadata).toMatchObject({ userMetadata: { author: "ada" } });
    await put("metadata");
    expect(await objects.head("metadata")).toMatchObject({ userMetadata: {} });
  });

  it("are written under conditions", async () => {
    await put("conditions", "1");
    const etag = await etagOf("conditions");
    const write = (key: string, conditions: object) => objects.put(key, Buffer.from("2"), "a/b", conditions);
    await expect(write("conditions", { ifNoneMatch: "*" })).rejects.toThrow(PreconditionFailedError);
    await expect(write("conditions", { ifMatch: '"x"' })).rejects.toThrow(PreconditionFailedError);
    await expect(write("missing", { ifMatch: "*" })).rejects.toThrow(PreconditionFailedError);
    await write("conditions", { ifMatch: etag });
    await write("conditions", { ifMatch: "*" });
  });

  it("are deleted under a condition", async () => {
    await put("deleted", "1");
    const first = await etagOf("deleted");
    await put("deleted", "2");
    await expect(objects.delete("deleted", { ifMatch: first })).rejects.toThrow(PreconditionFailedError);
    expect(await objects.head("deleted")).toBeDefined();
    await objects.delete("deleted", { ifMatch: await etagOf("deleted") });
    expect(await objects.head("deleted")).toBeUndefined();
    await expect(objects.delete("deleted", { ifMatch: "*" })).rejects.toThrow(PreconditionFailedError);
    await expect(objects.delete("deleted", { ifMatch: first })).rejects.toThrow(PreconditionFailedError);
    await objects.delete("deleted");
  });

  it("are copied with their type and metadata, in the state that was read", async () => {
    const key = "copies/ü & 100%+?.txt";
    await objects.put(key, Buffer.from("content"), "text/plain", { metadata: { author: "ada" } });
    const source = { key, etag: await etagOf(key) };
    const etag = await objects.copy(source, "copies/to", { ifNoneMatch: "*" });
    expect(await objects.head("copies/to")).toMatchObject({
      size: 7,
      etag,
      contentType: "text/plain",
      userMetadata: { author: "ada" },
    });
    await expect(objects.copy(source, "copies/to", { ifNoneMatch: "*" })).rejects.toThrow(PreconditionFailedError);
    await objects.copy(source, "copies/to");
    await put(key, "changed");
    await expect(objects.copy(source, "copies/other")).rejects.toThrow(PreconditionFailedError);
    await objects.delete(key);
    await expect(objects.copy(source, "copies/other")).rejects.toThrow(PreconditionFailedError);
    expect(await objects.head("copies/other")).toBeUndefined();
  });

  it("keep their versions, also after they were deleted", async () => {
    const key = "versions/ü a";
    await put(`${key}b`, "other");
    await put(key, "1");
    await put(key, "22");
    await objects.delete(key);
    const { versions, next } = await objects.listVersions(key, 10);
    expect(next).toBeUndefined();
    expect(versions).toMatchObject([
      { isLatest: true, content: undefined, lastModified: expect.any(Date) },
      { isLatest: false, content: { size: 2, etag: expect.stringMatching(/^"\w+"$/) } },
      { isLatest: false, content: { size: 1 } },
    ]);
    const [deletion, second, first] = versions.map(({ id }) => id);
    const pages = [await objects.listVersions(key, 2), await objects.listVersions(key, 2, second)];
    expect(pages.map((page) => page.versions.map(({ id }) => id))).toEqual([[deletion, second], [first]]);
    expect(pages.map((page) => page.next)).toEqual([second, undefined]);

    expect(await objects.head(key, first)).toMatchObject({ size: 1 });
    expect(Buffer.from((await (await objects.open(key, undefined, second))?.read()) ?? []).toString()).toBe("22");
    for (const version of [deletion, "none", "../x"]) {
      expect(await objects.head(key, version)).toBeUndefined();
      expect(await objects.open(key, undefined, version)).toBeUndefined();
    }
    const etag = (await objects.head(key, first))?.etag ?? "";
    await objects.copy({ key, version: first, etag }, key);
    expect(await objects.head(key)).toMatchObject({ size: 1 });
    expect((await objects.listVersions("versions/none", 10)).versions).toEqual([]);
    expect((await objects.listVersions("versions", 10)).versions).toEqual([]);
  });

  it("are deleted together", async () => {
    const keys = ["a & <b>", "ü/日本", "c+d e"];
    for (const key of keys) await put(key);
    await put("kept");
    expect(await objects.deleteAll([...keys, "missing"])).toEqual(new Map());
    for (const key of keys) expect(await objects.head(key)).toBeUndefined();
    expect(await objects.head("kept")).toBeDefined();
  });
});
