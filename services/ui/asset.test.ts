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
  const { body, headers } = await asset.encode(header);
  expect(headers["content-encoding"]).toBe(encoding);
  expect(headers.vary).toBe("accept-encoding");
  const decode = { br: brotliDecompressSync, gzip: gunzipSync, none: (content: Buffer) => content };
  expect(decode[(encoding ?? "none") as keyof typeof decode](body).toString()).toBe(text);
});

it("has a hash that depends on the content only", () => {
  expect(new Asset("text/plain", text).hash).toBe(asset.hash);
  expect(new Asset("text/css", `${text} `).hash).not.toBe(asset.hash);
  expect(asset.hash).toMatch(/^[\w-]{16}$/);
});
