import { beforeEach, describe, expect, it } from "vitest";
import { responseBytes } from "../../../lib/http/response.ts";
import { bodyOf, bytesOf, createTestApi } from "../testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

describe("download", () => {
  it("returns the bytes with headers that are safe for browsers", async () => {
    await api.upload("docs/ü (1).html", "<script>alert(1)</script>", { "content-type": "text/html" });
    const response = await api.download("docs/ü (1).html");
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
    await api.upload("a.txt", "1", { "content-type": "text/plain" });
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
    await api.upload("a/x", "1");
    await api.upload("b/x", "2");
    expect(bytesOf(await api.download("a/x")).toString()).toBe("1");
    expect(bytesOf(await api.download("b/x")).toString()).toBe("2");
  });

  it("finds a file by its basename when it is the only one", async () => {
    await api.upload("deep/in/example", "1");
    api.catalog.names = ["deep/in/example"];
    expect(bytesOf(await api.download("example")).toString()).toBe("1");
  });

  it("lists up to ten keys when several files have the basename", async () => {
    api.catalog.names = ["a/x", "b/x"];
    expect(bodyOf(await api.download("x"))).toMatchObject({ status: 409, keys: ["a/x", "b/x"], complete: true });
    api.catalog.names = Array.from({ length: 1_000 }, (_, index) => `${index}/x`);
    const { keys, complete } = bodyOf(await api.download("x"));
    expect(keys).toHaveLength(10);
    expect(complete).toBe(false);
  });

  it.each(["x", "a/x"])("returns 404 for %s", async (key) => {
    expect(bodyOf(await api.download(key))).toMatchObject({ status: 404, code: "FileNotFound" });
  });

  it("redirects to S3 exactly when the file does not fit the response", async () => {
    let low = 4_700_000;
    let high = 4_730_000;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      await api.objects.put("big", new Uint8Array(middle), "text/plain");
      const { statusCode } = await api.download("big");
      if (statusCode === 200) low = middle;
      else high = middle;
    }
    await api.objects.put("big", new Uint8Array(low), "text/plain");
    const response = await api.download("big");
    expect(bytesOf(response)).toHaveLength(low);
    expect(responseBytes(response)).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(responseBytes(response)).toBeGreaterThan(6 * 1024 * 1024 - 2_048);
    await api.objects.put("big", new Uint8Array(high), "text/plain");
    const before = api.objects.discarded;
    expect(await api.download("big")).toMatchObject({
      statusCode: 307,
      headers: { location: expect.stringMatching(/^https:\/\/s3\/get\/big\?/), "cache-control": "no-store" },
    });
    expect(api.objects.discarded).toBe(before + 1);
    expect(await api.send("HEAD /{key+}", { key: "big" })).toMatchObject({
      headers: { "content-length": String(high) },
    });
    expect(bytesOf(await api.download("big", { range: "bytes=0-3" }))).toHaveLength(4);
  });

  it("responds to HEAD without a body", async () => {
    await api.upload("a", "12345");
    const response = await api.send("HEAD /api/files/{key+}", { key: "a" });
    expect(response).toMatchObject({ statusCode: 200, headers: { "content-length": "5" } });
    expect(response.body).toBeUndefined();
    expect(await api.send("HEAD /{key+}", { key: "b" })).toMatchObject({ statusCode: 404 });
  });
});

describe("ranges", () => {
  beforeEach(() => api.upload("a", "0123456789"));

  it.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
  ])("serves %s", async (range, text, contentRange) => {
    const response = await api.download("a", { range });
    expect(response).toMatchObject({ statusCode: 206, headers: { "content-range": contentRange } });
    expect(bytesOf(response).toString()).toBe(text);
  });

  it("returns 416 for a range beyond the file", async () => {
    expect(await api.download("a", { range: "bytes=10-" })).toMatchObject({
      statusCode: 416,
      headers: { "content-range": "bytes */10" },
    });
  });

  it("serves an empty file for the last bytes of it, and no other range of it", async () => {
    await api.upload("empty", "");
    expect(await api.download("empty", { range: "bytes=-5" })).toMatchObject({ statusCode: 200, body: "" });
    for (const range of ["bytes=-0", "bytes=0-"]) {
      expect(await api.download("empty", { range })).toMatchObject({
        statusCode: 416,
        headers: { "content-range": "bytes */0" },
      });
    }
  });

  it("does not mix two states of a file that changes while If-Range is evaluated", async () => {
    const { etag = "" } = (await api.download("a")).headers;
    const { head } = api.objects;
    api.objects.head = async (key) => {
      const before = await head.call(api.objects, key);
      await api.objects.put("a", Buffer.from("9876543210"), "text/plain");
      return before;
    };
    const response = await api.download("a", { range: "bytes=0-1", "if-range": etag });
    expect(bodyOf(response)).toMatchObject({ status: 409, code: "FileChanged" });
  });

  it.each(["bytes=0-1,3-4", "bytes=5-2", "lines=1-2", "bytes=x", "bytes=-"])(
    "serves the whole file for %s",
    async (range) => {
      expect(await api.download("a", { range })).toMatchObject({ statusCode: 200 });
    },
  );

  it("serves the whole file when If-Range does not match", async () => {
    const { etag = "" } = (await api.download("a")).headers;
    expect(await api.download("a", { range: "bytes=0-1", "if-range": etag })).toMatchObject({ statusCode: 206 });
    expect(await api.download("a", { range: "bytes=0-1", "if-range": '"other"' })).toMatchObject({ statusCode: 200 });
  });
});

describe("preconditions", () => {
  let etag: string;

  beforeEach(async () => {
    await api.upload("a", "0123456789");
    etag = (await api.download("a")).headers.etag ?? "";
  });

  it("returns 304 without a body while the file is unchanged", async () => {
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const response = await api.download("a", { "if-none-match": tag });
      expect(response).toMatchObject({ statusCode: 304, headers: { etag } });
      expect(response.headers["content-type"]).toBe("application/octet-stream");
      expect(response.headers).not.toHaveProperty("content-disposition");
      expect(response.body).toBeUndefined();
    }
    expect(await api.download("a", { "if-none-match": '"x"' })).toMatchObject({ statusCode: 200 });
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
    expect(await api.download("a", { [name]: value })).toMatchObject({ statusCode });
  });
});
