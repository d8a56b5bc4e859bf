import { gzipSync } from "node:zlib";
import { beforeEach, expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "./app.ts";
import script from "./browser/main.tsx?bundle";
import styles from "./browser/styles/index.css?bundle";
import { icon } from "./icon.ts";

/** Of script and style sheet, compressed: what a first visit transfers. */
const MAX_KILOBYTES = 150;

const bucketOrigin = "https://nv-demo-storage.s3.eu-west-1.amazonaws.com";
let get: (path: string, headers?: Record<string, string>) => Promise<HttpResponse>;

beforeEach(() => {
  const clock = { now: () => 0, sleep: async () => {} };
  const app = createApp({ script, styles, icon, bucketOrigin, clock, log: silentLog, tracer: noTracer });
  get = (rawPath, headers = {}) =>
    app({
      rawPath,
      rawQueryString: "",
      headers,
      requestContext: { requestId: "r", stage: "$default", http: { method: "GET", sourceIp: "127.0.0.1" } },
    } as unknown as ApiEvent);
});

const textOf = ({ body = "" }: HttpResponse): string => Buffer.from(body, "base64").toString();

it("serves the page, which must be revalidated, and 304 while it is current", async () => {
  const page = await get("/ui");
  expect(page).toMatchObject({ statusCode: 200, headers: { "cache-control": "no-cache" } });
  expect(textOf(page)).toContain("<title>Files</title>");
  const etag = page.headers.etag ?? "";
  expect(await get("/ui/", { "if-none-match": `W/${etag}` })).toMatchObject({ statusCode: 304, headers: { etag } });
  expect((await get("/ui", { "if-none-match": '"other"' })).statusCode).toBe(200);
});

it("serves its assets at addresses with their hashes, forever", async () => {
  const addresses = [...textOf(await get("/ui")).matchAll(/(?:href|src)="(\/ui\/assets\/[^"]+)"/g)].map(
    ([, address = ""]) => address,
  );
  expect(new Set(addresses).size).toBe(3);
  for (const address of addresses) {
    const asset = await get(address, { "accept-encoding": "br" });
    expect(asset.statusCode, address).toBe(200);
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(asset.headers["content-encoding"]).toBe("br");
  }
});

it("responds with a page that leads back for any other address", async () => {
  const response = await get("/ui/assets/page-old.js");
  expect(response).toMatchObject({ statusCode: 404, headers: { "cache-control": "no-store" } });
  expect(textOf(response)).toContain('href="/ui"');
});

it("allows no inline script or style, no frame around it, and connections to the API and the bucket only", async () => {
  for (const path of ["/ui", "/ui/nothing"]) {
    const response = await get(path);
    const policy = response.headers["content-security-policy"] ?? "";
    expect(policy).not.toContain("unsafe");
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self' ${bucketOrigin}`,
      "frame-ancestors 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split("; ")).toContain(directive);
    }
    expect(textOf(response)).not.toMatch(/<style|style=|<script>|\son\w+=/);
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
  }
});

it(`is at most ${MAX_KILOBYTES} kB, compressed`, () => {
  const bytes = gzipSync(script, { level: 9 }).byteLength + gzipSync(styles, { level: 9 }).byteLength;
  expect(bytes).toBeLessThanOrEqual(MAX_KILOBYTES * 1000);
});
