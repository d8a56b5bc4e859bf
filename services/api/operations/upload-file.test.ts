import { beforeEach, describe, expect, it } from "vitest";
import { ObjectStoreError } from "../../../lib/objects/object-store.ts";
import { bodyOf, bytesOf, createTestApi } from "../testing/api.ts";
import { MAX_UPLOAD_BYTES } from "./upload-file.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

describe("upload", () => {
  it("returns the response of the original API", async () => {
    expect(await api.upload("anotherfile", "x")).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: '"File uploaded"',
    });
  });

  it("stores bytes and text unchanged, with their type", async () => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    await api.upload("binary", every, { "content-type": "image/png" });
    await api.upload("text", "SGVsbG8=ü", { "content-type": "text/plain; charset=utf-8" });
    await api.upload("empty", new Uint8Array());
    expect(api.objects.objects.get("binary")).toMatchObject({ metadata: { contentType: "image/png" } });
    expect(Buffer.from(api.objects.objects.get("binary")?.body ?? [])).toEqual(Buffer.from(every));
    expect(Buffer.from(api.objects.objects.get("text")?.body ?? []).toString()).toBe("SGVsbG8=ü");
    expect(api.objects.objects.get("empty")).toMatchObject({
      metadata: { size: 0, contentType: "application/octet-stream" },
    });
  });

  it.each(["text", "a/b; x=\u00e9", "text/plain\n", "/"])("rejects the type %j", async (type) => {
    expect(await api.upload("a", "x", { "content-type": type })).toMatchObject({ statusCode: 400 });
    expect(api.objects.objects.size).toBe(0);
  });

  it("accepts the maximum size and refers to presigned uploads above it", async () => {
    expect(await api.upload("a b", new Uint8Array(MAX_UPLOAD_BYTES))).toMatchObject({ statusCode: 200 });
    const refused = await api.upload("a b", new Uint8Array(MAX_UPLOAD_BYTES + 1));
    expect(refused.statusCode).toBe(413);
    expect(bodyOf(refused)).toMatchObject({
      code: "FileTooLarge",
      detail: expect.stringContaining("/api/upload_presigned/a%20b"),
    });
  });

  it("keeps the headers x-meta-* and returns them", async () => {
    const headers = { "x-meta-author": "Ada Lovelace", "x-meta-title": "=?UTF-8?B?w7w=?=" };
    expect(await api.upload("a", "1", { ...headers, "x-other": "x" })).toMatchObject({ statusCode: 200 });
    expect(await api.download("a")).toMatchObject({ headers });
    expect(await api.download("a", { range: "bytes=0-0" })).toMatchObject({ statusCode: 206, headers });
    const head = await api.send("HEAD /{key+}", { key: "a" });
    expect(head).toMatchObject({ headers });
    expect(head.headers).not.toHaveProperty("x-other");
    await api.upload("a", "1");
    expect((await api.download("a")).headers).not.toHaveProperty("x-meta-author");
  });

  it("honours If-Match and If-None-Match", async () => {
    await api.upload("a", "1");
    const { etag = "" } = (await api.download("a")).headers;
    expect(await api.upload("a", "2", { "if-match": `W/${etag}` })).toMatchObject({ statusCode: 412 });
    expect(await api.upload("a", "2", { "if-match": `"x", ${etag}` })).toMatchObject({ statusCode: 200 });
    expect(await api.upload("b", "2", { "if-match": "*" })).toMatchObject({ statusCode: 412 });
    const { etag: changed = "" } = (await api.download("a")).headers;
    for (const tags of [changed, `W/${changed}`, `"x", ${changed}`]) {
      expect(await api.upload("a", "3", { "if-none-match": tags }), tags).toMatchObject({ statusCode: 412 });
    }
    expect(await api.upload("a", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
    expect(await api.upload("new", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
    expect(await api.upload("a", "4", { "if-match": "*", "if-none-match": "*" })).toMatchObject({ statusCode: 412 });
  });

  it("honours If-Unmodified-Since, unless there is If-Match or no date", async () => {
    await api.upload("a", "1");
    const { etag = "" } = (await api.download("a")).headers;
    const before = { "if-unmodified-since": "Fri, 02 Jan 2026 03:04:04 GMT" };
    expect(await api.upload("a", "2", before)).toMatchObject({ statusCode: 412 });
    expect(await api.upload("b", "2", before)).toMatchObject({ statusCode: 200 });
    expect(await api.upload("a", "2", { ...before, "if-match": etag })).toMatchObject({ statusCode: 200 });
    expect(await api.upload("a", "3", { "if-unmodified-since": "yesterday" })).toMatchObject({ statusCode: 200 });
    expect(await api.upload("a", "3", { "if-modified-since": "Fri, 02 Jan 2099 03:04:04 GMT" })).toMatchObject({
      statusCode: 200,
    });
  });

  it("does not store a file when it changes while its preconditions are evaluated", async () => {
    await api.upload("a", "1");
    const { head } = api.objects;
    api.objects.head = async (key) => {
      const before = await head.call(api.objects, key);
      await api.objects.put("a", Buffer.from("2"), "text/plain");
      return before;
    };
    expect(await api.upload("a", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 412 });
    expect(bytesOf(await api.download("a")).toString()).toBe("2");
  });

  it("rejects a part of a file and a content coding", async () => {
    const part = await api.upload("a", "1", { "content-range": "bytes 0-0/2" });
    expect(bodyOf(part)).toMatchObject({ status: 400, code: "PartialUpload" });
    const coded = await api.upload("a", "1", { "content-encoding": "gzip" });
    expect(coded).toMatchObject({ statusCode: 415, headers: { "accept-encoding": "identity" } });
    expect(await api.upload("a", "1", { "content-encoding": "Identity" })).toMatchObject({ statusCode: 200 });
  });

  it.each([
    [{ "x-meta-a": "\u00fc" }, "InvalidMetadata"],
    [{ "x-meta-": "x" }, "InvalidMetadata"],
    [{ "x-meta-a": "x".repeat(2_048) }, "MetadataTooLarge"],
    [{ "content-md5": "XUFAKrxLKna5cZ2REBfFkg" }, "InvalidDigest"],
    [{ "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" }, "BadDigest"],
  ])("stores nothing with the headers %j", async (headers, code) => {
    expect(bodyOf(await api.upload("a", "1", headers))).toMatchObject({ status: 400, code });
    expect(api.objects.objects.size).toBe(0);
  });

  it("does not overwrite a file with If-None-Match: *", async () => {
    await api.upload("a", "1");
    expect(await api.upload("a", "2", { "if-none-match": "*" })).toMatchObject({ statusCode: 412 });
    expect(bytesOf(await api.download("a")).toString()).toBe("1");
  });

  it.each(["../a", "a/./b", "/a", "", "a\0", "\uD800", "a".repeat(1025)])(
    "rejects the key %j before any request to the bucket",
    async (key) => {
      api.objects.failure = new ObjectStoreError("touched");
      for (const route of [
        "PUT /api/upload/{key+}",
        "GET /{key+}",
        "HEAD /api/files/{key+}",
        "DELETE /api/files/{key+}",
      ]) {
        const response = await api.send(route, { key });
        expect(response.statusCode).toBe(400);
        expect(bodyOf(response)).toMatchObject({ code: "InvalidKey" });
      }
    },
  );

  it("does not decode a key twice", async () => {
    await api.upload("%2e%2e/a%2Fb", "x");
    expect([...api.objects.objects.keys()]).toEqual(["%2e%2e/a%2Fb"]);
  });
});
