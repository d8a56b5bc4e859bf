import { beforeEach, describe, expect, it } from "vitest";
import { MIN_PART_BYTES } from "../../lib/objects/upload-store.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { bodyOf, createTestApi, type RequestOptions } from "./testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

const key = "team/a b";
const upload = "/s3/multipart/{uploadId}";

const start = async (description: object = { filename: key }) => {
  const response = await api.send("POST /s3/multipart", { body: JSON.stringify(description) });
  expect(response.statusCode, response.body).toBe(200);
  return bodyOf(response) as { key: string; uploadId: string };
};
const on = (uploadId: string, query = "", options: RequestOptions = {}): RequestOptions => ({
  parameters: { uploadId },
  query: `key=${encodeURIComponent(key)}&${query}`,
  ...options,
});
const complete = (uploadId: string, parts: unknown, headers: Record<string, string> = {}) =>
  api.send(`POST ${upload}/complete`, on(uploadId, "", { body: JSON.stringify({ parts }), headers }));

const large = new Uint8Array(MIN_PART_BYTES).fill(1);
const small = Uint8Array.from([2]);

/** An upload of two parts, and its parts as Uppy lists them. */
const startWithParts = async () => {
  const { uploadId } = await start();
  const parts = [large, small].map((body, index) => ({
    ETag: api.uploads.putPart(key, uploadId, index + 1, body),
    PartNumber: index + 1,
  }));
  return { uploadId, parts };
};

describe("POST /s3/multipart", () => {
  it.each([
    [{ filename: "team/x" }, "team/x"],
    [{ filename: "x", metadata: { name: "team/y" } }, "team/y"],
    [{ filename: "x", metadata: { name: "x", relativePath: "team/folder/x" } }, "team/folder/x"],
    [{ filename: "x", metadata: { name: "team/x", relativePath: null } }, "team/x"],
  ])("reads the key from %j", async (description, expected) => {
    expect(await start(description)).toEqual({ key: expected, uploadId: "upload-1" });
    expect(api.uploads.uploads.get("upload-1")).toMatchObject({ key: expected });
  });

  it("stores the type, and the metadata without name, path and type", async () => {
    await start({
      filename: key,
      type: "text/plain",
      metadata: { type: "x", name: key, Author: "\u00fc", n: 1, no: null },
    });
    expect(api.uploads.uploads.get("upload-1")).toMatchObject({
      contentType: "text/plain",
      metadata: { author: "=?UTF-8?B?w7w=?=", n: "1" },
    });
    await start({ filename: key, type: "" });
    expect(api.uploads.uploads.get("upload-2")).toMatchObject({
      contentType: "application/octet-stream",
      metadata: {},
    });
  });

  it.each([
    [{}, "InvalidBody"],
    [{ filename: "" }, "InvalidBody"],
    [{ filename: 1 }, "InvalidBody"],
    [{ filename: "../x" }, "InvalidKey"],
    [{ filename: "x", type: "text" }, "InvalidContentType"],
    [{ filename: "x", type: 1 }, "InvalidBody"],
    [{ filename: "x", metadata: { a: {} } }, "InvalidBody"],
    [{ filename: "x", metadata: { "a b": "x" } }, "InvalidMetadata"],
    [{ filename: "x", metadata: { a: "x".repeat(2_048) } }, "MetadataTooLarge"],
  ])("rejects %j with %s", async (description, code) => {
    const response = await api.send("POST /s3/multipart", { body: JSON.stringify(description) });
    expect(bodyOf(response)).toMatchObject({ status: 400, code });
    expect(api.uploads.uploads.size).toBe(0);
  });
});

describe("parts", () => {
  it("are listed for a client that continues", async () => {
    const { uploadId, parts } = await startWithParts();
    const response = await api.send(`GET ${upload}`, on(uploadId));
    expect(bodyOf(response)).toEqual(
      parts.map((part, index) => ({
        ...part,
        Size: index === 0 ? MIN_PART_BYTES : 1,
        LastModified: "2026-01-02T03:04:05.000Z",
      })),
    );
  });

  it("are uploaded to URLs that are valid for 900 s", async () => {
    const { uploadId } = await start();
    const parameters = { uploadId, partNumber: "10000" };
    const one = await api.send(`GET ${upload}/{partNumber}`, on(uploadId, "", { parameters }));
    expect(bodyOf(one)).toEqual({
      url: expect.stringContaining("/part/team%2Fa%20b?uploadId=upload-1&partNumber=10000&"),
      expires: 900,
    });
    expect(one.headers["cache-control"]).toBe("no-store");
    const several = await api.send(`GET ${upload}/batch`, on(uploadId, "partNumbers=1,2"));
    expect(bodyOf(several)).toEqual({
      presignedUrls: { 1: expect.stringContaining("partNumber=1&"), 2: expect.stringContaining("partNumber=2&") },
    });
  });

  it.each(["0", "10001", "-1", "1.5", "x", "", "1e3"])("cannot have the number %j", async (partNumber) => {
    const parameters = { uploadId: "upload-1", partNumber };
    const one = await api.send(`GET ${upload}/{partNumber}`, on("upload-1", "", { parameters }));
    expect(bodyOf(one)).toMatchObject({ status: 400, code: "InvalidPartNumber" });
    const several = await api.send(`GET ${upload}/batch`, on("upload-1", `partNumbers=1,${partNumber}`));
    expect(bodyOf(several)).toMatchObject({ status: 400, code: "InvalidParameter" });
  });

  it("are signed in batches of up to 1,000", async () => {
    const query = (count: number) => `partNumbers=${Array.from({ length: count }, (_, index) => index + 1).join()}`;
    expect(await api.send(`GET ${upload}/batch`, on("upload-1", query(1_000)))).toMatchObject({ statusCode: 200 });
    const many = await api.send(`GET ${upload}/batch`, on("upload-1", query(1_001)));
    expect(bodyOf(many)).toMatchObject({
      status: 400,
      detail: "The query parameter partNumbers must be 1 to 1000 part numbers, separated by commas.",
    });
    const none = await api.send(`GET ${upload}/batch`, on("upload-1"));
    expect(bodyOf(none)).toMatchObject({ status: 400, detail: "The query parameter partNumbers is required." });
  });
});

describe("completion", () => {
  it("makes a file of the parts, and can be repeated", async () => {
    const { uploadId, parts } = await startWithParts();
    const first = await complete(uploadId, parts);
    expect(bodyOf(first)).toEqual({ location: "https://files.example.com/team/a%20b", key });
    expect(api.objects.objects.get(key)?.metadata).toMatchObject({ size: MIN_PART_BYTES + 1 });
    expect(await complete(uploadId, parts)).toEqual(first);
  });

  it("is not repeated when the file has changed since", async () => {
    const { uploadId, parts } = await startWithParts();
    await complete(uploadId, parts);
    await api.objects.put(key, small, "a/b");
    expect(bodyOf(await complete(uploadId, parts))).toMatchObject({ status: 404, code: "UploadNotFound" });
    await api.objects.delete(key);
    expect(bodyOf(await complete(uploadId, parts))).toMatchObject({ status: 404, code: "UploadNotFound" });
  });

  it("rejects parts that are unordered, missing or wrong", async () => {
    const { uploadId, parts } = await startWithParts();
    const [one, two] = parts;
    const other = { PartNumber: 3, ETag: "0".repeat(32) };
    for (const [list, code] of [
      [[two, one], "InvalidPartOrder"],
      [[one, one], "InvalidPartOrder"],
      [[two], "MissingPart"],
      [[one, other], "MissingPart"],
      [[one, two, other], "InvalidPart"],
      [[one, { ...two, ETag: one?.ETag }], "InvalidPart"],
      [[], "InvalidBody"],
      [undefined, "InvalidBody"],
      [[{ PartNumber: 1 }], "InvalidBody"],
      [[{ ...one, PartNumber: 0 }], "InvalidBody"],
      [[{ ...one, PartNumber: "1" }], "InvalidBody"],
    ] as const) {
      expect(bodyOf(await complete(uploadId, list)), JSON.stringify(list)).toMatchObject({ status: 400, code });
    }
    expect(api.objects.objects.size).toBe(0);
    expect(await complete(uploadId, parts)).toMatchObject({ statusCode: 200 });
  });

  it("rejects a part that is too small", async () => {
    const { uploadId } = await start();
    const parts = [1, 2].map((number) => ({
      PartNumber: number,
      ETag: api.uploads.putPart(key, uploadId, number, small),
    }));
    expect(bodyOf(await complete(uploadId, parts))).toMatchObject({
      status: 400,
      code: "PartTooSmall",
      detail: expect.stringContaining("5 MiB"),
    });
  });

  it("honours preconditions", async () => {
    await api.objects.put(key, small, "a/b");
    const { uploadId, parts } = await startWithParts();
    expect(await complete(uploadId, parts, { "if-none-match": "*" })).toMatchObject({ statusCode: 412 });
    const etag = api.objects.objects.get(key)?.metadata.etag ?? "";
    expect(await complete(uploadId, parts, { "if-match": etag })).toMatchObject({ statusCode: 200 });
  });
});

it("aborts an upload", async () => {
  const { uploadId } = await startWithParts();
  const abort = () => api.send(`DELETE ${upload}`, on(uploadId));
  expect(await abort()).toMatchObject({ statusCode: 200, body: "{}" });
  expect(api.uploads.uploads.size).toBe(0);
  expect(bodyOf(await abort())).toMatchObject({ status: 404, code: "UploadNotFound" });
});

describe("another user's upload", () => {
  const grants: readonly Grant[] = [{ role: "writer", prefix: "other/" }];

  it("cannot be changed by its ID and a key of the user's own", async () => {
    const { uploadId, parts } = await startWithParts();
    const own = { parameters: { uploadId, partNumber: "1" }, query: "key=other/x", grants };
    for (const route of [`GET ${upload}`, `POST ${upload}/complete`, `DELETE ${upload}`]) {
      const response = await api.send(route, { ...own, body: JSON.stringify({ parts }) });
      expect(bodyOf(response)).toMatchObject({ status: 404, code: "UploadNotFound" });
    }
    expect(api.uploads.uploads.get(uploadId)?.parts.size).toBe(2);
    expect(api.objects.objects.size).toBe(0);
  });

  it.each(["", "a/b", "a?b", "\0", "x".repeat(1_025)])("is not looked up for the ID %j", async (uploadId) => {
    const before = api.calls.bucket;
    expect(bodyOf(await api.send(`GET ${upload}`, on(uploadId)))).toMatchObject({
      status: 404,
      code: "UploadNotFound",
    });
    expect(api.calls.bucket).toBe(before);
  });
});

describe("GET /s3/params", () => {
  it("returns a signed PUT with its headers", async () => {
    const query = new URLSearchParams({
      filename: "a b",
      type: "text/plain",
      "metadata[name]": "team/a b",
      "metadata[author]": "\u00fc",
    });
    const response = await api.send("GET /s3/params", { query: query.toString() });
    expect(bodyOf(response)).toEqual({
      method: "PUT",
      url: expect.stringContaining("/put/team%2Fa%20b?"),
      fields: { key: "team/a b" },
      headers: { "content-type": "text/plain", "x-amz-meta-author": "=?UTF-8?B?w7w=?=" },
      expires: 900,
    });
    expect(response.headers["cache-control"]).toBe("no-store");
  });

  it.each([
    ["filename=x&type=text", "InvalidContentType"],
    ["filename=../x", "InvalidKey"],
    ["type=text/plain", "InvalidParameter"],
    ["filename=x&metadata[a%20b]=x", "InvalidMetadata"],
  ])("rejects %s with %s", async (query, code) => {
    expect(bodyOf(await api.send("GET /s3/params", { query }))).toMatchObject({ status: 400, code });
  });
});

it("logs neither signatures nor upload IDs", async () => {
  const { uploadId } = await start();
  await api.send(`GET ${upload}/{partNumber}`, on(uploadId, "", { parameters: { uploadId, partNumber: "1" } }));
  await api.send("GET /s3/params", { query: "filename=a" });
  expect(api.lines.join()).not.toMatch(/canary-signature|upload-1/);
});
