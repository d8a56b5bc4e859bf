import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { Asset } from "./asset.ts";

const text = "body { color: black }".repeat(100);
const asset = new Asset("text/css", text);

it.each([
  ["gzip, deflate, br, zstd", "br"],
  ["GZIP;q=0.5, br;q=0", "gzip"],
  ["gzip;q=0.000, identity", undefined],
  ["brotli, gzipped", undefined],
  [undefined, undefined],
])("accepting %s, it is encoded as %s", async (header, encoding) => {
  const { body = "", headers } = await asset.respond({ headers: { "accept-encoding": header } }, {});
  expect(headers["content-encoding"]).toBe(encoding);
  expect(headers.vary).toBe("accept-encoding");
  const decode = { br: brotliDecompressSync, gzip: gunzipSync, none: (content: Buffer) => content };
  expect(decode[(encoding ?? "none") as keyof typeof decode](Buffer.from(body, "base64")).toString()).toBe(text);
});

it("has a hash that depends on the content only", () => {
  expect(new Asset("text/plain", text).hash).toBe(asset.hash);
  expect(new Asset("text/css", `${text} `).hash).not.toBe(asset.hash);
  expect(asset.hash).toMatch(/^[\w-]{16}$/);
});

it("responds with 304 to a client that has the content", async () => {
  const etag = `"${asset.hash}"`;
  const common = { "cache-control": "no-cache" };
  for (const sent of [etag, `"other", W/${etag}`, "*"]) {
    const response = await asset.respond({ headers: { "if-none-match": sent } }, common);
    expect(response).toEqual({ statusCode: 304, headers: { ...common, etag, vary: "accept-encoding" } });
  }
  for (const [sent, status] of [
    ['"other"', 200],
    [etag, 404],
  ] as const) {
    const response = await asset.respond({ headers: { "if-none-match": sent } }, common, status);
    expect(response).toMatchObject({ statusCode: status, headers: { ...common, "content-type": "text/css" } });
  }
});
