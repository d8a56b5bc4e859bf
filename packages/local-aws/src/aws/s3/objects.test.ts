import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failure } from "./testing/s3-harness.ts";
import { testBucket } from "./testing/test-bucket.ts";

const { Bucket, harness, client, put, get } = await testBucket();

describe("objects", () => {
  const bytes = randomBytes(100_000);

  it("are returned with their content and metadata", async () => {
    const { ETag } = await put("a/binary", bytes, {
      ContentType: "application/x-test",
      CacheControl: "max-age=5",
      Metadata: { colour: "blue" },
    });
    expect(ETag).toBe(`"${createHash("md5").update(bytes).digest("hex")}"`);
    const read = await get("a/binary");
    expect(read.bytes.equals(bytes)).toBe(true);
    expect(read).toMatchObject({
      ContentType: "application/x-test",
      CacheControl: "max-age=5",
      Metadata: { colour: "blue" },
    });
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: "a/binary" }))).toMatchObject({
      ContentLength: bytes.length,
      ServerSideEncryption: "AES256",
      ETag,
    });
  });

  it("may be empty", async () => {
    await put("empty", "", { ContentLength: 0 });
    expect((await get("empty")).bytes).toHaveLength(0);
  });

  it("are uploaded from a stream, without its chunked framing", async () => {
    const stream = Readable.from([bytes.subarray(0, 30_000), bytes.subarray(30_000)]);
    const { ChecksumCRC32 } = await put("stream", stream, { ContentLength: bytes.length, ContentEncoding: "gzip" });
    expect(ChecksumCRC32).toBeDefined();
    const read = await get("stream");
    expect(read.bytes.equals(bytes)).toBe(true);
    expect(read.ContentEncoding).toBe("gzip");
  });

  it.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "store a %s checksum that clients verify",
    async (algorithm) => {
      const written = await put("sum", bytes, { ChecksumAlgorithm: algorithm });
      const read = await get("sum", { ChecksumMode: "ENABLED" });
      expect(written[`Checksum${algorithm}`]).toBeDefined();
      expect(read[`Checksum${algorithm}`]).toBe(written[`Checksum${algorithm}`]);
    },
  );

  it("are rejected when a checksum does not match", async () => {
    await expect(put("bad", "x", { ChecksumCRC32: "AAAAAA==" })).rejects.toMatchObject(failure("BadDigest", 400));
    await expect(put("bad", "x", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" })).rejects.toMatchObject(
      failure("BadDigest", 400),
    );
    await expect(get("bad")).rejects.toMatchObject(failure("NoSuchKey", 404));
  });

  it("are read in ranges", async () => {
    await put("range", "0123456789");
    const range = async (Range: string) => {
      const { bytes: part, ContentRange, $metadata } = await get("range", { Range });
      return [$metadata.httpStatusCode, part.toString(), ContentRange];
    };
    expect(await range("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await range("bytes=8-")).toEqual([206, "89", "bytes 8-9/10"]);
    expect(await range("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await range("bytes=5-500")).toEqual([206, "56789", "bytes 5-9/10"]);
    expect(await range("bytes=4-2")).toEqual([200, "0123456789", undefined]);
    await expect(range("bytes=10-")).rejects.toMatchObject(failure("InvalidRange", 416));
    await expect(range("bytes=-0")).rejects.toMatchObject(failure("InvalidRange", 416));
  });

  it("are read conditionally", async () => {
    const { ETag = "" } = await put("condition", "x");
    const { LastModified = new Date(0) } = await get("condition");
    const later = new Date(LastModified.getTime() + 1000);
    const earlier = new Date(LastModified.getTime() - 1000);
    const notModified = { $metadata: { httpStatusCode: 304 } };
    const failed = { $metadata: { httpStatusCode: 412 } };
    await expect(get("condition", { IfNoneMatch: ETag })).rejects.toMatchObject(notModified);
    await expect(get("condition", { IfModifiedSince: LastModified })).rejects.toMatchObject(notModified);
    await expect(get("condition", { IfMatch: '"other"' })).rejects.toMatchObject(failed);
    await expect(get("condition", { IfUnmodifiedSince: earlier })).rejects.toMatchObject(failed);
    await get("condition", { IfMatch: ETag, IfUnmodifiedSince: earlier });
    await get("condition", { IfNoneMatch: '"other"', IfModifiedSince: later });
    await get("condition", { IfModifiedSince: earlier });
  });

  it("are returned with overridden response headers", async () => {
    await put("override", "x");
    const read = await get("override", {
      ResponseContentDisposition: 'attachment; filename="a b.txt"',
      ResponseContentType: "text/css",
    });
    expect(read).toMatchObject({ ContentDisposition: 'attachment; filename="a b.txt"', ContentType: "text/css" });
  });

  it("return 404 after they are deleted", async () => {
    await put("deleted");
    await client.send(new DeleteObjectCommand({ Bucket, Key: "deleted" }));
    await expect(get("deleted")).rejects.toMatchObject(failure("NoSuchKey", 404));
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: "deleted" }))).rejects.toMatchObject(
      failure("NotFound", 404),
    );
    await client.send(new DeleteObjectCommand({ Bucket, Key: "missing" }));
  });

  it("are deleted in batches", async () => {
    const keys = ["many/1", "many/ 2", "many/<&>\u0001", "many/missing"];
    for (const key of keys.slice(0, 3)) await put(key);
    const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } });
    const { Deleted, Errors } = await client.send(command);
    expect(Errors).toBeUndefined();
    expect(Deleted).toHaveLength(4);
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "many/" }));
    expect(KeyCount).toBe(0);
  });

  it("have keys of at most 1,024 bytes", async () => {
    await put("k".repeat(1024));
    await expect(put("k".repeat(1025))).rejects.toMatchObject(failure("KeyTooLongError", 400));
  });

  it("have at most 2 KB of metadata", async () => {
    await put("metadata", "x", { Metadata: { m: "v".repeat(2047) } });
    const tooMuch = put("metadata", "x", { Metadata: { m: "v".repeat(2048) } });
    await expect(tooMuch).rejects.toMatchObject(failure("MetadataTooLarge", 400));
  });

  it("accept any Unicode text as a distinct key", async () => {
    const hostile = [
      "..",
      "../../etc/passwd",
      "a//b",
      "/lead",
      "trail/",
      "%2e%2e%2f",
      "\\",
      "\0",
      "\u2028",
      "é",
      "e\u0301",
      "😀",
      " ",
      "+",
      "a b+c&d=e?f#g",
      "\u202eabc",
      "~(*)!'",
    ];
    const written = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", minLength: 1, maxLength: 40 })),
        async (name) => {
          const key = `unicode/${name}`;
          await put(key, key);
          written.add(key);
          expect((await get(key)).bytes.toString()).toBe(key);
        },
      ),
      { numRuns: 150, examples: hostile.map((name) => [name]) },
    );
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: "unicode/", EncodingType: "url" }),
    );
    const listed = Contents.map(({ Key = "" }) => decodeURIComponent(Key));
    expect(listed).toEqual([...written].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });
});

describe("conditional writes", () => {
  const rejected = failure("PreconditionFailed", 412);

  it("create an object only if the key does not exist", async () => {
    await put("lock", "1", { IfNoneMatch: "*" });
    await expect(put("lock", "2", { IfNoneMatch: "*" })).rejects.toMatchObject(rejected);
    expect((await get("lock")).bytes.toString()).toBe("1");
  });

  it("succeed for exactly one of many concurrent writers", async () => {
    const attempts = Array.from({ length: 20 }, (_, index) => put("race", String(index), { IfNoneMatch: "*" }));
    const results = await Promise.allSettled(attempts);
    const winners = results.flatMap(({ status }, index) => (status === "fulfilled" ? [String(index)] : []));
    expect(winners).toEqual([(await get("race")).bytes.toString()]);
  });

  it("replace an object only if the ETag matches", async () => {
    const { ETag } = await put("cas", "1");
    await put("cas", "2", { IfMatch: ETag });
    await expect(put("cas", "3", { IfMatch: ETag })).rejects.toMatchObject(rejected);
    await expect(put("cas-missing", "1", { IfMatch: ETag })).rejects.toMatchObject(failure("NoSuchKey", 404));
  });
});

describe("copies", () => {
  const copy = (Key: string, CopySource: string, options = {}) =>
    client.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...options }));

  it("copy content, metadata and tags of any key", async () => {
    const source = "ünï/ключ 日本語+🎉?.txt";
    await put(source, "content", { ContentType: "text/plain", Metadata: { a: "b" }, Tagging: "t=1" });
    const { CopyObjectResult } = await copy("copied", encodeURIComponent(`${Bucket}/${source}`));
    const read = await get("copied");
    expect(read).toMatchObject({
      ContentType: "text/plain",
      Metadata: { a: "b" },
      TagCount: 1,
      ETag: CopyObjectResult?.ETag,
    });
    expect(read.bytes.toString()).toBe("content");
  });

  it("replace the metadata on request", async () => {
    await put("source", "content", { Metadata: { a: "b" } });
    await copy("source", `${Bucket}/source`, {
      MetadataDirective: "REPLACE",
      Metadata: { c: "d" },
      ContentType: "text/x",
    });
    expect(await get("source")).toMatchObject({ ContentType: "text/x", Metadata: { c: "d" } });
  });

  it("reject a copy onto itself without a change", async () => {
    await put("same");
    await expect(copy("same", `${Bucket}/same`)).rejects.toMatchObject(failure("InvalidRequest", 400));
  });

  it("remain when the source is replaced and deleted", async () => {
    await put("original", "content");
    await copy("kept", `${Bucket}/original`);
    await copy("kept-too", `${Bucket}/kept`);
    await put("original", "other");
    await client.send(new DeleteObjectCommand({ Bucket, Key: "original" }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: "kept" }));
    harness.restart();
    expect((await get("kept-too")).bytes.toString()).toBe("content");
  });

  it("check the conditions on the source", async () => {
    await put("guarded");
    const guarded = copy("elsewhere", `${Bucket}/guarded`, { CopySourceIfMatch: '"other"' });
    await expect(guarded).rejects.toMatchObject(failure("PreconditionFailed", 412));
    await expect(copy("elsewhere", `${Bucket}/missing`)).rejects.toMatchObject(failure("NoSuchKey", 404));
  });
});
