import { beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../lib/users/grants.ts";
import { bodyOf, bytesOf, createTestApi, type RequestOptions } from "./testing/api.ts";

let api: ReturnType<typeof createTestApi>;
const key = "team/a b";

beforeEach(async () => {
  api = createTestApi();
  await api.objects.put(key, Buffer.from("1"), "text/plain", { metadata: { author: "ada" } });
  await api.objects.put(key, Buffer.from("22"), "text/plain");
  await api.objects.delete(key);
});

const get = (query: string, options: RequestOptions = {}) =>
  api.send("GET /api/files/{key+}", { key, query, ...options });
const restore = (body: object) => api.send("POST /api/restore", { body: JSON.stringify(body) });

describe("the versions of a file", () => {
  it("are listed from the newest to the oldest", async () => {
    const response = await get("versions");
    const date = "2026-01-02T03:04:05.000Z";
    expect(bodyOf(response)).toEqual([
      { version: "v3", date, size: 0, etag: null, latest: true, deleted: true },
      { version: "v2", date, size: 2, etag: expect.stringMatching(/^\w{32}$/), latest: false, deleted: false },
      { version: "v1", date, size: 1, etag: expect.stringMatching(/^\w{32}$/), latest: false, deleted: false },
    ]);
    expect(response.headers).not.toHaveProperty("link");
  });

  it("are paged", async () => {
    const first = await get("versions&limit=2");
    const [, next = ""] = /^<\/api\/files\/team\/a%20b\?(.*)>; rel="next"$/.exec(first.headers.link ?? "") ?? [];
    expect(bodyOf(first)).toHaveLength(2);
    const second = await get(next);
    expect(bodyOf(second)).toMatchObject([{ version: "v1" }]);
    expect(second.headers).not.toHaveProperty("link");
  });

  it("are downloaded with their type and metadata", async () => {
    const response = await get("version=v1");
    expect(bytesOf(response).toString()).toBe("1");
    expect(response.headers).toMatchObject({ "content-type": "text/plain", "x-meta-author": "ada" });
    expect(bytesOf(await get("version=v2", { headers: { range: "bytes=1-" } })).toString()).toBe("2");
    const { etag = "" } = response.headers;
    expect(await get("version=v1", { headers: { "if-none-match": etag } })).toMatchObject({ statusCode: 304 });
    const head = await api.send("HEAD /api/files/{key+}", { key, query: "version=v2" });
    expect(head).toMatchObject({ statusCode: 200, headers: { "content-length": "2" } });
    await api.objects.put(key, new Uint8Array(5_000_000), "text/plain");
    await api.objects.put(key, Buffer.from("4"), "text/plain");
    expect((await get("version=v4")).headers.location).toContain("v=v4");
  });

  it.each(["v3", "none", ""])("do not include %j", async (version) => {
    expect(bodyOf(await get(`version=${version}`))).toMatchObject({ status: 404, code: "VersionNotFound" });
    const request = { key, version: version || "x" };
    expect(bodyOf(await restore(request))).toMatchObject({ status: 404, code: "VersionNotFound" });
  });

  it("are of the whole key only, which the caller may read", async () => {
    const grants: readonly Grant[] = [{ role: "admin", prefix: "other/" }];
    api.catalog.names = ["team/x"];
    const before = api.calls.bucket;
    for (const query of ["versions", "version=v1"]) {
      expect(bodyOf(await get(query, { key: "x", grants }))).toMatchObject({ status: 403, code: "Forbidden" });
    }
    expect(api.calls.bucket).toBe(before);
    expect(bodyOf(await get("versions", { key: "x" }))).toMatchObject({ status: 404, code: "FileNotFound" });
  });

  it.each(["limit=0", "limit=1001", "limit=x", "cursor=", "cursor=a/b"])("are not listed with %s", async (query) => {
    const parameter = query.slice(0, query.indexOf("="));
    expect(bodyOf(await get(`versions&${query}`))).toMatchObject({ status: 400, code: "InvalidParameter", parameter });
  });
});

describe("POST /api/restore", () => {
  it("makes an older version the newest, also after a deletion", async () => {
    expect(bodyOf(await restore({ key, version: "v1" }))).toEqual({
      key,
      location: "https://files.example.com/team/a%20b",
    });
    const response = await get("");
    expect(bytesOf(response).toString()).toBe("1");
    expect(response.headers).toMatchObject({ "content-type": "text/plain", "x-meta-author": "ada" });
    expect(bodyOf(await get("versions"))).toHaveLength(4);
    await restore({ key, version: "v2" });
    expect(bytesOf(await get("")).toString()).toBe("22");
  });

  it.each([{ key }, { version: "v1" }, { key, version: 1 }, { key, version: "a/b" }])("rejects %j", async (body) => {
    expect(bodyOf(await restore(body))).toMatchObject({ status: 400, code: "InvalidBody" });
  });
});
