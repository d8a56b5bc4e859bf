import { describe, expect, it } from "vitest";
import { ROOT_KEYS } from "../../packages/local-aws/src/aws/s3/testing/s3-harness.ts";
import { testBucket } from "../../packages/local-aws/src/aws/s3/testing/test-bucket.ts";
import { type ObjectStore, PreconditionFailedError } from "./object-store.ts";
import { createS3Client, S3ObjectStore } from "./s3-object-store.ts";
import { S3UploadStore } from "./s3-upload-store.ts";
import { MemoryObjectStore } from "./testing/memory-object-store.ts";
import { MemoryUploadStore } from "./testing/memory-upload-store.ts";
import { InvalidPartsError, MIN_PART_BYTES, UploadNotFoundError, type UploadStore } from "./upload-store.ts";

const { Bucket, harness } = await testBucket();
const client = createS3Client({
  endpoint: () => harness.endpoint,
  region: "us-east-1",
  credentials: async () => ROOT_KEYS,
});
const memory = new MemoryObjectStore();
const memoryUploads = new MemoryUploadStore(memory);

interface Subject {
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  /** Uploads a part and returns its ETag. */
  readonly putPart: (key: string, uploadId: string, number: number, body: Uint8Array<ArrayBuffer>) => Promise<string>;
}

const s3: Subject = {
  objects: new S3ObjectStore(client, Bucket),
  uploads: new S3UploadStore(client, Bucket),
  putPart: async (key, uploadId, number, body) => {
    const url = await s3.uploads.presignPart(key, uploadId, number, 60);
    const response = await fetch(url, { method: "PUT", body });
    expect(response.status, await response.text()).toBe(200);
    return response.headers.get("etag") ?? "";
  },
};
const inMemory: Subject = {
  objects: memory,
  uploads: memoryUploads,
  putPart: async (...part) => memoryUploads.putPart(...part),
};

const large = new Uint8Array(MIN_PART_BYTES).fill(1);
const small = Uint8Array.from([2]);

describe.each([
  ["S3", s3],
  ["memory", inMemory],
])("the uploads in %s", (_, { objects, uploads, putPart }) => {
  const start = () => uploads.create("docs/a b", "text/plain", { author: "ada" });

  it("make an object of the parts, in their order", async () => {
    const id = await start();
    const last = await putPart("docs/a b", id, 2, small);
    const first = await putPart("docs/a b", id, 1, large);
    expect(await uploads.listParts("docs/a b", id)).toMatchObject([
      { number: 1, etag: first, size: MIN_PART_BYTES, lastModified: expect.any(Date) },
      { number: 2, etag: last, size: 1 },
    ]);
    expect(await objects.head("docs/a b")).toBeUndefined();
    await uploads.complete("docs/a b", id, [
      { number: 1, etag: first },
      { number: 2, etag: last.replaceAll('"', "") },
    ]);
    expect(await objects.head("docs/a b")).toMatchObject({
      size: MIN_PART_BYTES + 1,
      contentType: "text/plain",
      userMetadata: { author: "ada" },
      etag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/),
    });
    await expect(uploads.listParts("docs/a b", id)).rejects.toThrow(UploadNotFoundError);
  });

  it("list no parts at the beginning, and more than a page of them", async () => {
    const id = await start();
    expect(await uploads.listParts("docs/a b", id)).toEqual([]);
    if (uploads === memoryUploads) return;
    for (let number = 1; number <= 1_001; number += 1) await putPart("docs/a b", id, number, small);
    const parts = await uploads.listParts("docs/a b", id);
    expect(parts.map(({ number }) => number)).toEqual(Array.from({ length: 1_001 }, (_, index) => index + 1));
  });

  it("copy ranges of an object as parts", async () => {
    await objects.put("docs/source", Buffer.concat([large, small]), "a/b");
    const source = { key: "docs/source", etag: (await objects.head("docs/source"))?.etag ?? "" };
    const id = await uploads.create("docs/copy", "a/b", {});
    const copy = (number: number, first: number, last: number, of = source) =>
      uploads.copyPart("docs/copy", id, number, { source: of, first, last });
    const parts = [
      { number: 1, etag: await copy(1, 0, MIN_PART_BYTES - 1) },
      { number: 2, etag: await copy(2, MIN_PART_BYTES, MIN_PART_BYTES) },
    ];
    const changed = { ...source, etag: '"x"' };
    await expect(copy(1, 0, 0, changed)).rejects.toThrow(PreconditionFailedError);
    const etag = await uploads.complete("docs/copy", id, parts);
    expect(await objects.head("docs/copy")).toMatchObject({ etag, size: MIN_PART_BYTES + 1 });
    await expect(copy(3, 0, 0)).rejects.toThrow(UploadNotFoundError);
  });

  it("belong to their key", async () => {
    const id = await start();
    const part = { number: 1, etag: await putPart("docs/a b", id, 1, small) };
    for (const attempt of [
      () => uploads.listParts("docs/other", id),
      () => uploads.complete("docs/other", id, [part]),
      () => uploads.abort("docs/other", id),
    ]) {
      await expect(attempt()).rejects.toThrow(UploadNotFoundError);
    }
    await uploads.complete("docs/a b", id, [part]);
  });

  it("reject parts that do not make an object", async () => {
    const id = await start();
    const [one, two] = [await putPart("docs/x", await uploads.create("docs/x", "a/b", {}), 1, small), "0".repeat(32)];
    const [first, second] = [await putPart("docs/a b", id, 1, small), await putPart("docs/a b", id, 2, small)];
    const codeOf = (parts: readonly [number, string][]) =>
      uploads
        .complete(
          "docs/a b",
          id,
          parts.map(([number, etag]) => ({ number, etag })),
        )
        .catch((error: unknown) => (error instanceof InvalidPartsError ? error.code : error));
    expect(await codeOf([[3, one]])).toBe("InvalidPart");
    expect(await codeOf([[1, two]])).toBe("InvalidPart");
    expect(
      await codeOf([
        [2, second],
        [1, first],
      ]),
    ).toBe("InvalidPartOrder");
    expect(
      await codeOf([
        [1, first],
        [2, second],
      ]),
    ).toBe("PartTooSmall");
  });

  it("make an object only under the conditions of the request", async () => {
    await objects.put("docs/taken", small, "a/b");
    const id = await uploads.create("docs/taken", "a/b", {});
    const parts = [{ number: 1, etag: await putPart("docs/taken", id, 1, small) }];
    const complete = (key: string, uploadId: string, conditions: object) =>
      uploads.complete(key, uploadId, parts, conditions);
    await expect(complete("docs/taken", id, { ifNoneMatch: "*" })).rejects.toThrow(PreconditionFailedError);
    await expect(complete("docs/taken", id, { ifMatch: '"x"' })).rejects.toThrow(PreconditionFailedError);
    const free = await uploads.create("docs/free", "a/b", {});
    await putPart("docs/free", free, 1, small);
    await expect(complete("docs/free", free, { ifMatch: '"x"' })).rejects.toThrow(PreconditionFailedError);
    await complete("docs/free", free, { ifNoneMatch: "*" });
  });

  it("are deleted with their parts", async () => {
    const id = await start();
    await putPart("docs/a b", id, 1, small);
    await uploads.abort("docs/a b", id);
    await expect(uploads.listParts("docs/a b", id)).rejects.toThrow(UploadNotFoundError);
    await expect(uploads.abort("docs/a b", id)).rejects.toThrow(UploadNotFoundError);
  });
});

describe("presigned uploads to S3", () => {
  const body = Buffer.from("hello");
  const sha256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
  const content = { contentType: "text/plain", size: 5, sha256, metadata: { author: "ada" } };
  const put = (url: string, headers: Record<string, string>, bytes: Uint8Array<ArrayBuffer> = body) =>
    fetch(url, { method: "PUT", headers, body: bytes });

  it("accept the content for which they are signed", async () => {
    const { url, headers } = await s3.objects.presignPut("signed", 60, content);
    expect(headers).toEqual({
      "content-type": "text/plain",
      "content-length": "5",
      "x-amz-checksum-sha256": sha256,
      "x-amz-meta-author": "ada",
    });
    const response = await put(url, headers);
    expect(response.status, await response.text()).toBe(200);
    expect(await s3.objects.head("signed")).toMatchObject({
      size: 5,
      contentType: "text/plain",
      userMetadata: { author: "ada" },
    });
  });

  it.each([
    ["another type", { "content-type": "text/html" }, body],
    ["another checksum", { "x-amz-checksum-sha256": `${sha256.slice(0, -2)}w=` }, body],
    ["other metadata", { "x-amz-meta-author": "bob" }, body],
    ["more bytes", { "content-length": "6" }, Buffer.from("hello!")],
    ["other bytes", {}, Buffer.from("hullo")],
  ])("reject %s", async (_, changed, bytes) => {
    const { url, headers } = await s3.objects.presignPut("refused", 60, content);
    const response = await put(url, { ...headers, ...changed }, bytes);
    expect([400, 403]).toContain(response.status);
    expect(await s3.objects.head("refused")).toBeUndefined();
  });

  it("reject a request without a signed header", async () => {
    const { url, headers } = await s3.objects.presignPut("refused", 60, content);
    for (const name of Object.keys(headers).filter((header) => header !== "content-length")) {
      const { [name]: _, ...others } = headers;
      expect((await put(url, others)).status, name).toBe(403);
    }
  });
});
