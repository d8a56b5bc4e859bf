import { beforeEach, describe, expect, it } from "vitest";
import { bodyOf, createTestApi } from "../testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

describe("presigned URLs", () => {
  it("expire after 300 s by default", async () => {
    const response = await api.send("GET /api/upload_presigned/{key+}", { key: "a/b" });
    expect(bodyOf(response)).toMatchObject({ url: expect.stringContaining("/put/a%2Fb?"), expires_in: 300 });
    expect(response.headers["cache-control"]).toBe("no-store");
    const longer = await api.send("GET /api/upload_presigned/{key+}", { key: "a", query: "expires=900" });
    expect(bodyOf(longer)).toMatchObject({ expires_in: 900 });
  });

  it.each(["0", "901", "-1", "1.5", "1e2", "", "300s"])("are not created for the expiry %j", async (expires) => {
    for (const route of ["GET /api/upload_presigned/{key+}", "GET /api/download_presigned/{key+}"]) {
      const response = await api.send(route, { key: "a", query: `expires=${expires}` });
      expect(bodyOf(response)).toMatchObject({ status: 400, code: "InvalidParameter", parameter: "expires" });
    }
  });

  it("restrict an upload to a size, a type and a checksum", async () => {
    const upload = async (query: string) =>
      bodyOf(await api.send("GET /api/upload_presigned/{key+}", { key: "a", query }));
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
    expect(bodyOf(response)).toMatchObject({ status: 400, code: "InvalidParameter", parameter });
  });

  it("return a download by the whole key, or 404", async () => {
    await api.upload("a/b", "1");
    const response = await api.send("GET /api/download_presigned/{key+}", { key: "a/b" });
    expect(bodyOf(response)).toMatchObject({ url: expect.stringContaining("/get/a%2Fb?") });
    expect(await api.send("GET /api/download_presigned/{key+}", { key: "a/c" })).toMatchObject({ statusCode: 404 });
  });

  it("display what a browser can display, unless it is to be stored", async () => {
    await api.upload("a.txt", "1", { "content-type": "text/plain" });
    const urlWith = async (query: string) => {
      const response = await api.send("GET /api/download_presigned/{key+}", { key: "a.txt", query });
      return decodeURIComponent(String(bodyOf(response).url));
    };
    expect(await urlWith("")).toContain("inline; filename*=UTF-8''a.txt");
    expect(await urlWith("download")).toContain("attachment; filename*=UTF-8''a.txt");
  });

  it("are not logged", async () => {
    await api.upload("a", "1");
    await api.send("GET /api/download_presigned/{key+}", { key: "a" });
    expect(api.lines.join()).not.toContain("canary-signature");
  });
});
