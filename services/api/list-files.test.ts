import { describe, expect, it } from "vitest";
import { responseBytes } from "../../lib/http/response.ts";
import type { Grant } from "../../lib/users/grants.ts";
import type { FileRecord } from "./file-record.ts";
import { apiEvent, createTestApi, recordOf } from "./testing/api.ts";

const nextQuery = (link: string | undefined): string => /^<\/api\/list\?(.*)>; rel="next"$/.exec(link ?? "")?.[1] ?? "";

it("returns an array of records, without a link on the last page", async () => {
  const { send, catalog } = createTestApi();
  catalog.page = { files: [recordOf("a/example")], more: false };
  const response = await send("GET /");
  expect(JSON.parse(response.body ?? "")).toEqual([
    {
      filename: "example",
      prefix_path: "a/example",
      s3_bucket: "nv-demo-storage",
      url: "https://files.example.com/a/example",
      date_added: "2026-01-02T03:04:05.678Z",
      size: 1,
      etag: "e",
      content_type: "text/plain",
    },
  ]);
  expect(response.headers.link).toBeUndefined();
  expect(catalog.lastQuery).toEqual({ prefixes: [""], limit: 500, sort: "-date_added", after: undefined });
});

it("returns the address of each file by which the caller reached the API, and no other caller's", async () => {
  const { app, catalog } = createTestApi();
  catalog.page = { files: [recordOf("a b/ü+%"), recordOf("health")], more: false };
  const urlsOf = async (host: string, port: string): Promise<readonly string[]> => {
    const event = apiEvent("GET /api/list", { headers: { host: `${host}${port}`, "x-forwarded-proto": "http" } });
    const { body = "" } = await app({ ...event, requestContext: { ...event.requestContext, domainName: host } });
    return JSON.parse(body).map(({ url }: FileRecord) => url);
  };
  expect(await urlsOf("forged.example", "")).toContain("http://forged.example/a%20b/%C3%BC%2B%25");
  expect(await urlsOf("127.0.0.1", ":3000")).toEqual([
    "http://127.0.0.1:3000/a%20b/%C3%BC%2B%25",
    "http://127.0.0.1:3000/api/files/health",
  ]);
});

it("links to the next page, which starts after the last record", async () => {
  const { send, catalog } = createTestApi();
  catalog.page = { files: [recordOf("ü"), recordOf("ü&<x>")], more: true };
  const first = await send("GET /api/list", { query: "limit=2&sort=prefix_path&prefix=%C3%BC" });
  await send("GET /api/list", { query: nextQuery(first.headers.link) });
  expect(catalog.lastQuery).toEqual({
    prefixes: ["ü"],
    limit: 2,
    sort: "prefix_path",
    after: { value: null, key: "ü&<x>" },
  });
});

describe("grants", () => {
  const grants: readonly Grant[] = [
    { role: "writer", prefix: "team/" },
    { role: "reader", prefix: "notes/public/" },
  ];
  const files = ["notes/private", "notes/public/a", "team-secrets/a", "team/a", "team/docs/b"];

  it.each([
    ["", ["notes/public/", "team/"], ["notes/public/a", "team/a", "team/docs/b"]],
    ["team", ["team/"], ["team/a", "team/docs/b"]],
    ["team/d", ["team/d"], ["team/docs/b"]],
    ["notes/", ["notes/public/"], ["notes/public/a"]],
  ])("restrict the list below %j to %j", async (prefix, prefixes, listed) => {
    const { send, catalog } = createTestApi();
    catalog.page = { files: files.map((key) => recordOf(key)), more: false };
    const response = await send("GET /", { query: `prefix=${prefix}`, grants });
    expect(catalog.lastQuery).toMatchObject({ prefixes });
    expect(JSON.parse(response.body ?? "").map((file: FileRecord) => file.prefix_path)).toEqual(listed);
  });

  it.each(["other/", "notes/private", "team-"])("list nothing below %j, without a query", async (prefix) => {
    const { send, calls } = createTestApi();
    const response = await send("GET /api/list", { query: `prefix=${prefix}`, grants });
    expect(response).toMatchObject({ statusCode: 200, body: "[]" });
    expect(response.headers.link).toBeUndefined();
    expect(calls).toEqual({ bucket: 0, catalog: 0 });
  });

  it("do not appear in the link to the next page", async () => {
    const { send, catalog } = createTestApi();
    catalog.page = { files: [recordOf("team/a")], more: true };
    const { link = "" } = (await send("GET /", { query: "prefix=te&limit=1", grants })).headers;
    const parameters = new URLSearchParams(/\?(.*)>/.exec(link)?.[1]);
    expect(parameters.get("prefix")).toBe("te");
    expect(JSON.parse(Buffer.from(parameters.get("cursor") ?? "", "base64url").toString())).toEqual([
      "-date_added",
      "2026-01-02T03:04:05.678Z",
      "team/a",
    ]);
  });
});

it("shortens a page that does not fit a response, and continues from there", async () => {
  const { send, catalog } = createTestApi();
  const files = Array.from({ length: 1_000 }, (_, index) => recordOf(`${index}${'"'.repeat(1_020)}`));
  catalog.page = { files, more: false };
  const response = await send("GET /api/list", { query: "limit=1000" });
  expect(responseBytes(response)).toBeLessThan(6 * 1024 * 1024);
  const listed: unknown[] = JSON.parse(response.body ?? "");
  expect(listed.length).toBeGreaterThan(500);
  expect(listed.length).toBeLessThan(1_000);
  await send("GET /api/list", { query: nextQuery(response.headers.link) });
  expect(catalog.lastQuery?.after?.key).toBe(files[listed.length - 1]?.prefix_path);
});

describe("parameters", () => {
  const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

  it.each([
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["limit=-1", "limit"],
    ["limit=1e2", "limit"],
    ["limit=", "limit"],
    ["limit=1.5", "limit"],
    ["sort=etag", "sort"],
    ["sort=date_added%20desc", "sort"],
    ["prefix=a%00", "prefix"],
    [`prefix=${"a".repeat(1_025)}`, "prefix"],
    ["cursor=", "cursor"],
    ["cursor=invalid", "cursor"],
    [`cursor=${cursor("date_added", "2026-01-02T03:04:05.678Z", "a")}`, "cursor"],
    [`cursor=${cursor("-date_added", "2026-02-31T03:04:05.678Z", "a")}`, "cursor"],
    [`cursor=${cursor("-date_added", "now()", "a")}`, "cursor"],
    [`cursor=${cursor("size", 1, "a")}`, "cursor"],
    [`sort=size&cursor=${cursor("size", "1", "a")}`, "cursor"],
    [`sort=size&cursor=${cursor("size", 1.5, "a")}`, "cursor"],
    [`sort=size&cursor=${cursor("size", -1, "a")}`, "cursor"],
    [`sort=size&cursor=${cursor("size", 2 ** 63, "a")}`, "cursor"],
    [`sort=filename&cursor=${cursor("filename", "a", "a")}`, "cursor"],
    [`sort=filename&cursor=${cursor("-filename", null, "a")}`, "cursor"],
    ["delimiter=", "delimiter"],
    ["delimiter=%7C", "delimiter"],
    ["delimiter=//", "delimiter"],
    ["delimiter=/&sort=size", "sort"],
    ["delimiter=/&counts=yes", "counts"],
    ["delimiter=/&limit=1001", "limit"],
    ["delimiter=/&counts=true&limit=101", "limit"],
    [`delimiter=/&cursor=${cursor("prefix_path", null, "a")}`, "cursor"],
    [`delimiter=/&cursor=${cursor("/", "-prefix_path", "a")}`, "cursor"],
    [`delimiter=/&prefix=b&cursor=${cursor("/", "prefix_path", "a")}`, "cursor"],
    [`cursor=${cursor("-date_added", "2026-01-02T03:04:05.678Z", "\0")}`, "cursor"],
    [`cursor=${cursor("-date_added", "2026-01-02T03:04:05.678Z", 1)}`, "cursor"],
    [`cursor=${cursor("-date_added", "2026-01-02T03:04:05.678Z", "a", "b")}`, "cursor"],
  ])("rejects %s", async (query, parameter) => {
    const { send } = createTestApi();
    const response = await send("GET /api/list", { query });
    expect(JSON.parse(response.body ?? "")).toMatchObject({ status: 400, code: "InvalidParameter", parameter });
  });
});
