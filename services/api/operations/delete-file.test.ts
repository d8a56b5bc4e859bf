import { beforeEach, describe, expect, it } from "vitest";
import { bodyOf, createTestApi } from "../testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

describe("DELETE", () => {
  const remove = (key: string, headers: Record<string, string> = {}) =>
    api.send("DELETE /api/files/{key+}", { key, headers });

  it("deletes by the whole key only, and succeeds when there is no file", async () => {
    await api.upload("deep/a", "1");
    api.catalog.names = ["deep/a"];
    expect(await remove("a")).toMatchObject({ statusCode: 204 });
    expect(api.objects.objects.size).toBe(1);
    expect(await remove("deep/a")).toMatchObject({ statusCode: 204 });
    expect(api.objects.objects.size).toBe(0);
  });

  it("honours If-Match, with the strong comparison", async () => {
    await api.upload("a", "1");
    const { etag = "" } = (await api.download("a")).headers;
    for (const tags of ['"x"', `W/${etag}`, `"x", W/${etag}`, '"x", "y"', etag.replaceAll('"', ""), ""]) {
      const response = await remove("a", { "if-match": tags });
      expect(bodyOf(response), tags).toMatchObject({ status: 412, code: "PreconditionFailed" });
    }
    expect(api.objects.objects.size).toBe(1);
    for (const tags of [etag, `"x", ${etag}`, "*"]) {
      await api.upload("a", "1");
      expect(await remove("a", { "if-match": tags }), tags).toMatchObject({ statusCode: 204 });
      expect(api.objects.objects.size).toBe(0);
    }
  });

  it("honours If-None-Match and If-Unmodified-Since", async () => {
    await api.upload("a", "1");
    const { etag = "" } = (await api.download("a")).headers;
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
