import { beforeEach, describe, expect, it } from "vitest";
import { responseBytes } from "../../lib/http/response.ts";
import { ObjectStoreError, ObjectStoreUnavailableError } from "../../lib/objects/object-store.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { MAX_UPLOAD_BYTES } from "./operations/upload-file.ts";
import { bytesOf, createTestApi } from "./testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

const upload = (key: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  api.send("PUT /api/upload/{key+}", { key, body, headers });
const download = (key: string, headers: Record<string, string> = {}) => api.send("GET /{key+}", { key, headers });
const bodyOf = (body: string | undefined): Record<string, unknown> => JSON.parse(body ?? "");

describe("upload", () => {
  it("returns the response of the original API", async () => {
    expect(await upload("anotherfile", "x")).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: '"File uploaded"',
    });
  });

  it("stores bytes and text unchanged, with their type", async () => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    await upload("binary", every, { "content-type": "image/png" });
    await upload("text", "SGVsbG8=ü", { "content-type": "text/plain; charset=utf-8" });
    await upload("empty", new Uint8Array());
    expect(api.objects.objects.get("binary")).toMatchObject({ metadata: { contentType: "image/png" } });
    expect(Buffer.from(api.objects.objects.get("binary")?.body ?? [])).toEqual(Buffer.from(every));
    expect(Buffer.from(api.objects.objects.get("text")?.body ?? []).toString()).toBe("SGVsbG8=ü");
    expect(api.objects.objects.get("empty")).toMatchObject({
      metadata: { size: 0, contentType: "application/octet-stream" },
    });
  });

  it.each(["text", "a/b; x=\u00e9", "text/plain\n", "/"])("rejects the type %j", async (type) => {
    expect(await upload("a", "x", { "content-type": type })).toMatchObject({ statusCode: 400 });
    expect(api.objects.objects.size).toBe(0);
  });

  it("accepts the maximum size and refers to presigned uploads above it", async () => {
    expect(await upload("a b", new Uint8Array(MAX_UPLOAD_BYTES))).toMatchObject({ statusCode: 200 });
    const refused = await upload("a b", new Uint8Array(MAX_UPLOAD_BYTES + 1));
    expect(refused.statusCode).toBe(413);
    expect(bodyOf(refused.body)).toMatchObject({
      code: "FileTooLarge",
      detail: expect.stringContaining("/api/upload_presigned/a%20b"),
    });
  });

  it("keeps the headers x-meta-* and returns them", async () => {
    const headers = { "x-meta-author": "Ada Lovelace", "x-meta-title": "=?UTF-8?B?w7w=?=" };
    expect(await upload("a", "1", { ...headers, "x-other": "x" })).toMatchObject({ statusCode: 200 });
    expect(await download("a")).toMatchObject({ headers });
    expect(await download("a", { range: "bytes=0-0" })).toMatchObject({ statusCode: 206, headers });
    const head = await api.send("HEAD /{key+}", { key: "a" });
    expect(head).toMatchObject({ headers });
    expect(head.headers).not.toHaveProperty("x-other");
    await upload("a", "1");
    expect((await download("a")).headers).not.toHaveProperty("x-meta-author");
  });

  it("honours If-Match and If-None-Match", async () => {
    await upload("a", "1");
    const { etag = "" } = (await download("a")).headers;
    expect(await upload("a", "2", { "if-match": `W/${etag}` })).toMatchObject({ statusCode: 412 });
    expect(await upload("a", "2", { "if-match": `"x", ${etag}` })).toMatchObject({ statusCode: 200 });
    expect(await upload("b", "2", { "if-match": "*" })).toMatchObject({ statusCode: 412 });
    const { etag: changed = "" } = (await download("a")).headers;
    for (const tags of [changed, `W/${changed}`, `"x", ${changed}`]) {
      expect(await upload("a", "3", { "if-none-match": tags }), tags).toMatchObject({ statusCode: 412 });
    }
    expect(await upload("a", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
    expect(await upload("new", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
    expect(await upload("a", "4", { "if-match": "*", "if-none-match": "*" })).toMatchObject({ statusCode: 412 });
  });

  it("honours If-Unmodified-Since, unless there is If-Match or no date", async () => {
    await upload("a", "1");
    const { etag = "" } = (await download("a")).headers;
    const before = { "if-unmodified-since": "Fri, 02 Jan 2026 03:04:04 GMT" };
    expect(await upload("a", "2", before)).toMatchObject({ statusCode: 412 });
    expect(await upload("b", "2", before)).toMatchObject({ statusCode: 200 });
    expect(await upload("a", "2", { ...before, "if-match": etag })).toMatchObject({ statusCode: 200 });
    expect(await upload("a", "3", { "if-unmodified-since": "yesterday" })).toMatchObject({ statusCode: 200 });
    expect(await upload("a", "3", { "if-modified-since": "Fri, 02 Jan 2099 03:04:04 GMT" })).toMatchObject({
      statusCode: 200,
    });
  });

  it("does not store a file when it changes while its preconditions are evaluated", async () => {
    await upload("a", "1");
    const { head } = api.objects;
    api.objects.head = async (key) => {
      const before = await head.call(api.objects, key);
      await api.objects.put("a", Buffer.from("2"), "text/plain");
      return before;
    };
    expect(await upload("a", "3", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 412 });
    expect(bytesOf(await download("a")).toString()).toBe("2");
  });

  it("rejects a part of a file and a content coding", async () => {
    const part = await upload("a", "1", { "content-range": "bytes 0-0/2" });
    expect(bodyOf(part.body)).toMatchObject({ status: 400, code: "PartialUpload" });
    const coded = await upload("a", "1", { "content-encoding": "gzip" });
    expect(coded).toMatchObject({ statusCode: 415, headers: { "accept-encoding": "identity" } });
    expect(await upload("a", "1", { "content-encoding": "Identity" })).toMatchObject({ statusCode: 200 });
  });

  it.each([
    [{ "x-meta-a": "\u00fc" }, "InvalidMetadata"],
    [{ "x-meta-": "x" }, "InvalidMetadata"],
    [{ "x-meta-a": "x".repeat(2_048) }, "MetadataTooLarge"],
    [{ "content-md5": "XUFAKrxLKna5cZ2REBfFkg" }, "InvalidDigest"],
    [{ "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" }, "BadDigest"],
  ])("stores nothing with the headers %j", async (headers, code) => {
    expect(bodyOf((await upload("a", "1", headers)).body)).toMatchObject({ status: 400, code });
    expect(api.objects.objects.size).toBe(0);
  });

  it("does not overwrite a file with If-None-Match: *", async () => {
    await upload("a", "1");
    expect(await upload("a", "2", { "if-none-match": "*" })).toMatchObject({ statusCode: 412 });
    expect(bytesOf(await download("a")).toString()).toBe("1");
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
        expect(bodyOf(response.body)).toMatchObject({ code: "InvalidKey" });
      }
    },
  );

  it("does not decode a key twice", async () => {
    await upload("%2e%2e/a%2Fb", "x");
    expect([...api.objects.objects.keys()]).toEqual(["%2e%2e/a%2Fb"]);
  });
});

describe("download", () => {
  it("returns the bytes with headers that are safe for browsers", async () => {
    await upload("docs/ü (1).html", "<script>alert(1)</script>", { "content-type": "text/html" });
    const response = await download("docs/ü (1).html");
    expect(bytesOf(response).toString()).toBe("<script>alert(1)</script>");
    expect(response).toMatchObject({
      statusCode: 200,
      headers: {
        "content-type": "text/html",
        "content-disposition": "attachment; filename*=UTF-8''%C3%BC%20%281%29.html",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT",
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      },
    });
  });

  it("is stored by browsers with the parameter download", async () => {
    await upload("a.txt", "1", { "content-type": "text/plain" });
    const disposition = "attachment; filename*=UTF-8''a.txt";
    for (const route of ["GET /{key+}", "HEAD /{key+}", "GET /api/files/{key+}"]) {
      const inline = await api.send(route, { key: "a.txt" });
      expect(inline.headers["content-disposition"]).toMatch(/^inline/);
      const response = await api.send(route, { key: "a.txt", query: "download" });
      expect(response.headers["content-disposition"]).toBe(disposition);
    }
    await api.objects.put("large.txt", new Uint8Array(5_000_000), "text/plain");
    const redirect = await api.send("GET /{key+}", { key: "large.txt", query: "download=1" });
    expect(redirect.headers.location).toContain("d=attachment");
  });

  it("distinguishes files with the same basename", async () => {
    await upload("a/x", "1");
    await upload("b/x", "2");
    expect(bytesOf(await download("a/x")).toString()).toBe("1");
    expect(bytesOf(await download("b/x")).toString()).toBe("2");
  });

  it("finds a file by its basename when it is the only one", async () => {
    await upload("deep/in/example", "1");
    api.catalog.names = ["deep/in/example"];
    expect(bytesOf(await download("example")).toString()).toBe("1");
  });

  it("lists up to ten keys when several files have the basename", async () => {
    api.catalog.names = ["a/x", "b/x"];
    expect(bodyOf((await download("x")).body)).toMatchObject({ status: 409, keys: ["a/x", "b/x"], complete: true });
    api.catalog.names = Array.from({ length: 1_000 }, (_, index) => `${index}/x`);
    const { keys, complete } = bodyOf((await download("x")).body);
    expect(keys).toHaveLength(10);
    expect(complete).toBe(false);
  });

  it.each(["x", "a/x"])("returns 404 for %s", async (key) => {
    expect(bodyOf((await download(key)).body)).toMatchObject({ status: 404, code: "FileNotFound" });
  });

  it("redirects to S3 exactly when the file does not fit the response", async () => {
    let low = 4_700_000;
    let high = 4_730_000;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      await api.objects.put("big", new Uint8Array(middle), "text/plain");
      const { statusCode } = await download("big");
      if (statusCode === 200) low = middle;
      else high = middle;
    }
    await api.objects.put("big", new Uint8Array(low), "text/plain");
    const response = await download("big");
    expect(bytesOf(response)).toHaveLength(low);
    expect(responseBytes(response)).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(responseBytes(response)).toBeGreaterThan(6 * 1024 * 1024 - 2_048);
    await api.objects.put("big", new Uint8Array(high), "text/plain");
    const before = api.objects.discarded;
    expect(await download("big")).toMatchObject({
      statusCode: 307,
      headers: { location: expect.stringMatching(/^https:\/\/s3\/get\/big\?/), "cache-control": "no-store" },
    });
    expect(api.objects.discarded).toBe(before + 1);
    expect(await api.send("HEAD /{key+}", { key: "big" })).toMatchObject({
      headers: { "content-length": String(high) },
    });
    expect(bytesOf(await download("big", { range: "bytes=0-3" }))).toHaveLength(4);
  });

  it("responds to HEAD without a body", async () => {
    await upload("a", "12345");
    const response = await api.send("HEAD /api/files/{key+}", { key: "a" });
    expect(response).toMatchObject({ statusCode: 200, headers: { "content-length": "5" } });
    expect(response.body).toBeUndefined();
    expect(await api.send("HEAD /{key+}", { key: "b" })).toMatchObject({ statusCode: 404 });
  });
});

describe("ranges", () => {
  beforeEach(() => upload("a", "0123456789"));

  it.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
  ])("serves %s", async (range, text, contentRange) => {
    const response = await download("a", { range });
    expect(response).toMatchObject({ statusCode: 206, headers: { "content-range": contentRange } });
    expect(bytesOf(response).toString()).toBe(text);
  });

  it("returns 416 for a range beyond the file", async () => {
    expect(await download("a", { range: "bytes=10-" })).toMatchObject({
      statusCode: 416,
      headers: { "content-range": "bytes */10" },
    });
  });

  it("serves an empty file for the last bytes of it, and no other range of it", async () => {
    await upload("empty", "");
    expect(await download("empty", { range: "bytes=-5" })).toMatchObject({ statusCode: 200, body: "" });
    for (const range of ["bytes=-0", "bytes=0-"]) {
      expect(await download("empty", { range })).toMatchObject({
        statusCode: 416,
        headers: { "content-range": "bytes */0" },
      });
    }
  });

  it("does not mix two states of a file that changes while If-Range is evaluated", async () => {
    const { etag = "" } = (await download("a")).headers;
    const { head } = api.objects;
    api.objects.head = async (key) => {
      const before = await head.call(api.objects, key);
      await api.objects.put("a", Buffer.from("9876543210"), "text/plain");
      return before;
    };
    const response = await download("a", { range: "bytes=0-1", "if-range": etag });
    expect(bodyOf(response.body)).toMatchObject({ status: 409, code: "FileChanged" });
  });

  it.each(["bytes=0-1,3-4", "bytes=5-2", "lines=1-2", "bytes=x", "bytes=-"])(
    "serves the whole file for %s",
    async (range) => {
      expect(await download("a", { range })).toMatchObject({ statusCode: 200 });
    },
  );

  it("serves the whole file when If-Range does not match", async () => {
    const { etag = "" } = (await download("a")).headers;
    expect(await download("a", { range: "bytes=0-1", "if-range": etag })).toMatchObject({ statusCode: 206 });
    expect(await download("a", { range: "bytes=0-1", "if-range": '"other"' })).toMatchObject({ statusCode: 200 });
  });
});

describe("preconditions", () => {
  let etag: string;

  beforeEach(async () => {
    await upload("a", "0123456789");
    etag = (await download("a")).headers.etag ?? "";
  });

  it("returns 304 without a body while the file is unchanged", async () => {
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const response = await download("a", { "if-none-match": tag });
      expect(response).toMatchObject({ statusCode: 304, headers: { etag } });
      expect(response.headers["content-type"]).toBe("application/octet-stream");
      expect(response.headers).not.toHaveProperty("content-disposition");
      expect(response.body).toBeUndefined();
    }
    expect(await download("a", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
  });

  it.each([
    ["if-modified-since", "Fri, 02 Jan 2026 03:04:05 GMT", 304],
    ["if-modified-since", "Fri, 02 Jan 2026 03:04:04 GMT", 200],
    ["if-modified-since", "invalid", 200],
    ["if-modified-since", "2099-01-01", 200],
    ["if-modified-since", "Friday, 02-Jan-26 03:04:05 GMT", 304],
    ["if-unmodified-since", "Fri, 02 Jan 2026 03:04:04 GMT", 412],
    ["if-unmodified-since", "Fri, 02 Jan 2026 03:04:05 GMT", 200],
    ["if-match", '"x"', 412],
    ["if-match", 'W/"781e5e245d69b566979b86e28d23f2c7"', 412],
    ["if-match", '"x", "781e5e245d69b566979b86e28d23f2c7"', 200],
    ["if-match", "*", 200],
  ])("%s: %s → %i", async (name, value, statusCode) => {
    expect(await download("a", { [name]: value })).toMatchObject({ statusCode });
  });
});

describe("presigned URLs", () => {
  it("expire after 300 s by default", async () => {
    const response = await api.send("GET /api/upload_presigned/{key+}", { key: "a/b" });
    expect(bodyOf(response.body)).toMatchObject({ url: expect.stringContaining("/put/a%2Fb?"), expires_in: 300 });
    expect(response.headers["cache-control"]).toBe("no-store");
    const longer = await api.send("GET /api/upload_presigned/{key+}", { key: "a", query: "expires=900" });
    expect(bodyOf(longer.body)).toMatchObject({ expires_in: 900 });
  });

  it.each(["0", "901", "-1", "1.5", "1e2", "", "300s"])("are not created for the expiry %j", async (expires) => {
    for (const route of ["GET /api/upload_presigned/{key+}", "GET /api/download_presigned/{key+}"]) {
      const response = await api.send(route, { key: "a", query: `expires=${expires}` });
      expect(bodyOf(response.body)).toMatchObject({ status: 400, code: "InvalidParameter", parameter: "expires" });
    }
  });

  it("restrict an upload to a size, a type and a checksum", async () => {
    const upload = async (query: string) =>
      bodyOf((await api.send("GET /api/upload_presigned/{key+}", { key: "a", query })).body);
    expect(await upload("")).toMatchObject({ headers: {} });
    const sha256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    const headers = { "content-length": "5", "content-type": "text/plain", "x-amz-checksum-sha256": sha256 };
    for (const checksum of [sha256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"]) {
      const query = new URLSearchParams({ size: "5", type: "text/plain", sha256: checksum }).toString();
      expect(await upload(query)).toMatchObject({ headers });
    }
    expect(await upload("size=0")).toMatchObject({ headers: { "content-length": "0" } });
    expect(await upload("size=5368709120")).toMatchObject({ headers: { "content-length": "5368709120" } });
  });

  it.each([
    "size=-1",
    "size=1.5",
    "size=",
    "size=5368709121",
    "type=text",
    "type=",
    "sha256=x",
    `sha256=${"0".repeat(63)}`,
    `sha256=${"A".repeat(43)}`,
  ])("reject the restriction %s", async (query) => {
    const response = await api.send("GET /api/upload_presigned/{key+}", { key: "a", query });
    const parameter = query.slice(0, query.indexOf("="));
    expect(bodyOf(response.body)).toMatchObject({ status: 400, code: "InvalidParameter", parameter });
  });

  it("return a download by the whole key, or 404", async () => {
    await upload("a/b", "1");
    const response = await api.send("GET /api/download_presigned/{key+}", { key: "a/b" });
    expect(bodyOf(response.body)).toMatchObject({ url: expect.stringContaining("/get/a%2Fb?") });
    expect(await api.send("GET /api/download_presigned/{key+}", { key: "a/c" })).toMatchObject({ statusCode: 404 });
  });

  it("are not logged", async () => {
    await upload("a", "1");
    await api.send("GET /api/download_presigned/{key+}", { key: "a" });
    expect(api.lines.join()).not.toContain("canary-signature");
  });
});

describe("DELETE", () => {
  const remove = (key: string, headers: Record<string, string> = {}) =>
    api.send("DELETE /api/files/{key+}", { key, headers });

  it("deletes by the whole key only, and succeeds when there is no file", async () => {
    await upload("deep/a", "1");
    api.catalog.names = ["deep/a"];
    expect(await remove("a")).toMatchObject({ statusCode: 204 });
    expect(api.objects.objects.size).toBe(1);
    expect(await remove("deep/a")).toMatchObject({ statusCode: 204 });
    expect(api.objects.objects.size).toBe(0);
  });

  it("honours If-Match, with the strong comparison", async () => {
    await upload("a", "1");
    const { etag = "" } = (await download("a")).headers;
    for (const tags of ['"x"', `W/${etag}`, `"x", W/${etag}`, '"x", "y"', etag.replaceAll('"', ""), ""]) {
      const response = await remove("a", { "if-match": tags });
      expect(bodyOf(response.body), tags).toMatchObject({ status: 412, code: "PreconditionFailed" });
    }
    expect(api.objects.objects.size).toBe(1);
    for (const tags of [etag, `"x", ${etag}`, "*"]) {
      await upload("a", "1");
      expect(await remove("a", { "if-match": tags }), tags).toMatchObject({ statusCode: 204 });
      expect(api.objects.objects.size).toBe(0);
    }
  });

  it("honours If-None-Match and If-Unmodified-Since", async () => {
    await upload("a", "1");
    const { etag = "" } = (await download("a")).headers;
    const before = "Fri, 02 Jan 2026 03:04:04 GMT";
    const refused = [{ "if-none-match": "*" }, { "if-none-match": `W/${etag}` }, { "if-unmodified-since": before }];
    for (const headers of refused) expect(await remove("a", headers)).toMatchObject({ statusCode: 412 });
    expect(await remove("a", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 204 });
    expect(await remove("a", { "if-none-match": "*" })).toMatchObject({ statusCode: 204 });
  });

  it("requires a file with If-Match", async () => {
    for (const tags of ["*", '"x"', '"x", "y"']) {
      expect(await remove("a", { "if-match": tags })).toMatchObject({ statusCode: 412 });
    }
  });
});

describe("POST /api/delete", () => {
  const remove = async (keys: unknown, grants?: readonly Grant[]) =>
    bodyOf((await api.send("POST /api/delete", { body: JSON.stringify({ keys }), ...(grants && { grants }) })).body);

  it("answers each key by itself", async () => {
    for (const key of ["team/a", "team/b", "other/c"]) await upload(key, "1");
    api.objects.refusedDeletions.set("team/b", new ObjectStoreUnavailableError("SlowDown"));
    const grants = [{ role: "writer", prefix: "team/" }] as const;
    expect(await remove(["team/a", "team/b", "other/c", "team/none", "team/../c", "team/a"], grants)).toEqual({
      results: [
        { key: "team/a", status: 204 },
        { key: "team/b", status: 503, code: "ObjectStoreUnavailable" },
        { key: "other/c", status: 403, code: "Forbidden" },
        { key: "team/none", status: 204 },
        { key: "team/../c", status: 400, code: "InvalidKey" },
        { key: "team/a", status: 204 },
      ],
    });
    expect([...api.objects.objects.keys()]).toEqual(["team/b", "other/c"]);
  });

  it("answers with the error of the bucket for the keys that were sent to it", async () => {
    api.objects.failure = new ObjectStoreError("AccessDenied");
    expect(await remove(["a", "/b"])).toEqual({
      results: [
        { key: "a", status: 502, code: "ObjectStoreRefused" },
        { key: "/b", status: 400, code: "InvalidKey" },
      ],
    });
  });

  it("accepts 1 to 1,000 keys", async () => {
    const keys = Array.from({ length: 1_001 }, (_, index) => `${index}`);
    expect(await remove(keys.slice(1))).toMatchObject({ results: { length: 1_000 } });
    for (const refused of [keys, [], [1], "a", undefined]) {
      expect(await remove(refused)).toMatchObject({ status: 400, code: "InvalidBody" });
    }
  });
});
