import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { bytesOf, createTestApi } from "./testing/api.ts";

const routes = ["GET /{key+}", "HEAD /{key+}", "GET /api/files/{key+}", "GET /api/download_presigned/{key+}"] as const;

const readers = (...prefixes: string[]): readonly Grant[] => prefixes.map((prefix) => ({ role: "reader", prefix }));

/** An API with these files, in the bucket and in the catalog. */
const apiWith = async (...keys: string[]) => {
  const api = createTestApi();
  for (const key of keys) await api.objects.put(key, Buffer.from(key), "text/plain");
  api.catalog.names = keys;
  const get = (grants: readonly Grant[], key = "x", route: string = "GET /{key+}") => api.send(route, { key, grants });
  return { ...api, get };
};

const problemOf = ({ body }: HttpResponse): Record<string, unknown> => JSON.parse(body ?? "");

describe("a basename", () => {
  it.each(routes)("finds the only readable file: %s", async (route) => {
    const { get } = await apiWith("team/x", "other/x");
    expect(await get(readers("team/"), "x", route)).toMatchObject({ statusCode: 200 });
  });

  it("finds a file in a granted folder rather than a key that is not granted", async () => {
    const { get } = await apiWith("x", "team/x");
    expect(bytesOf(await get(readers("team/"))).toString()).toBe("team/x");
    expect(bytesOf(await get(readers(""))).toString()).toBe("x");
  });

  it.each(routes)("is forbidden without a readable file, whether or not others exist: %s", async (route) => {
    const grants = readers("team/", "notes/");
    const responses = [await apiWith(), await apiWith("x"), await apiWith("other/x", "x", "team-secrets/x")];
    const [first, ...others] = await Promise.all(responses.map(({ get }) => get(grants, "x", route)));
    expect(first).toMatchObject({ statusCode: 403 });
    for (const other of others) expect(other).toEqual(first);
    for (const { calls } of responses) expect(calls.bucket).toBe(0);
  });

  it("does not reach the catalog without any grant", async () => {
    const { get, calls } = await apiWith("x", "team/x");
    expect(await get([])).toMatchObject({ statusCode: 403 });
    expect(calls).toEqual({ bucket: 0, catalog: 0 });
  });

  it("is ambiguous only among readable files, which are the only ones listed", async () => {
    const { get } = await apiWith("a/x", "b/x", "c/x");
    expect(await get(readers("a/"))).toMatchObject({ statusCode: 200 });
    const ambiguous = problemOf(await get(readers("a/", "c/")));
    expect(ambiguous).toMatchObject({ status: 409, keys: ["a/x", "c/x"], complete: true });
  });

  it("returns 404 to a caller who may read all files", async () => {
    const { get } = await apiWith("team/y");
    expect(problemOf(await get(readers("")))).toMatchObject({ status: 404, code: "FileNotFound" });
  });

  it.each([
    [readers("team/"), 403],
    [readers(""), 404],
  ])("whose record is outdated is not found, case %#", async (grants, statusCode) => {
    const { get, objects } = await apiWith("team/x");
    objects.objects.clear();
    expect(await get(grants)).toMatchObject({ statusCode });
  });

  it("does not name a file to change", async () => {
    const { send, calls } = await apiWith("team/x");
    const grants = [{ role: "writer", prefix: "team/" }] as const;
    for (const route of ["DELETE /api/files/{key+}", "PUT /api/upload/{key+}", "GET /api/upload_presigned/{key+}"]) {
      expect(await send(route, { key: "x", grants })).toMatchObject({ statusCode: 403 });
    }
    expect(calls).toEqual({ bucket: 0, catalog: 0 });
  });
});

it("returns 404 for a missing key that is granted", async () => {
  const { get, calls } = await apiWith();
  expect(await get(readers("team/"), "team/x")).toMatchObject({ statusCode: 404 });
  expect(calls.catalog).toBe(0);
});
