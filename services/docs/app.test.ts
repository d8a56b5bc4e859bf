import { expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "./app.ts";
import script from "./browser/main.ts?bundle";
import styles from "./browser/styles/index.css?bundle";
import { createDocument } from "./openapi/document.ts";
import { documentedServices } from "./services.ts";

const bucketOrigin = "https://nv-demo-storage.s3.eu-west-1.amazonaws.com";
const document = createDocument(documentedServices);
const app = createApp({
  document,
  script,
  styles,
  bucketOrigin,
  clock: { now: () => 0 },
  log: silentLog,
  tracer: noTracer,
});

const send = (rawPath: string, headers: Record<string, string> = {}) =>
  app({
    version: "2.0",
    rawPath,
    rawQueryString: "",
    headers,
    isBase64Encoded: false,
    requestContext: { requestId: "r-1", stage: "$default", http: { method: "GET" } },
  } as unknown as ApiEvent);

const textOf = ({ body = "" }: HttpResponse): string => Buffer.from(body, "base64").toString();

it("serves the document with an entity tag, and 304 to a client that has it", async () => {
  const response = await send("/api/openapi.json");
  expect([response.statusCode, JSON.parse(textOf(response))]).toEqual([200, document]);
  expect(response.headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
  });
  const { etag = "" } = response.headers;
  expect(await send("/api/openapi.json", { "If-None-Match": etag })).toMatchObject({ statusCode: 304 });
  expect((await send("/api/openapi.json", { "If-None-Match": '"other"' })).statusCode).toBe(200);
});

it("serves the page, which must be revalidated, and its assets forever", async () => {
  const page = await send("/docs");
  expect(page).toMatchObject({ statusCode: 200, headers: { "cache-control": "no-cache" } });
  const addresses = [...textOf(page).matchAll(/(?:href|src)="(\/api\/docs\/[^"]+)"/g)].map(
    ([, address = ""]) => address,
  );
  expect(addresses.map((address) => address.replace(/.*\./, "")).sort()).toEqual(["css", "js"]);
  for (const address of addresses) {
    const { statusCode, headers } = await send(address, { "accept-encoding": "gzip" });
    expect([statusCode, headers["content-encoding"]], address).toEqual([200, "gzip"]);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  }
});

it("allows scripts of its origin only, no frame around the page, and connections to the API and the bucket", async () => {
  const policy = (await send("/docs")).headers["content-security-policy"] ?? "";
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src 'self' ${bucketOrigin}`,
    "frame-ancestors 'none'",
    "form-action 'none'",
  ]) {
    expect(policy.split("; ")).toContain(directive);
  }
  expect(policy).not.toContain("unsafe-eval");
  expect(textOf(await send("/docs"))).not.toMatch(/<script>|\son\w+=/);
});

it("responds with 404 at another address", async () => {
  expect((await send("/api/docs/old.js")).statusCode).toBe(404);
});
