import { expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { createApp } from "./app.ts";
import { createDocument } from "./openapi/document.ts";
import { documentedServices } from "./services.ts";

const document = createDocument(documentedServices);
const app = createApp(document, { now: () => 0 }, silentLog);

const send = (headers: Record<string, string> = {}, routeKey = "GET /api/openapi.json") =>
  app({
    version: "2.0",
    routeKey,
    rawPath: "/api/openapi.json",
    rawQueryString: "",
    headers,
    isBase64Encoded: false,
    requestContext: { requestId: "r-1", stage: "$default", http: { method: "GET" } },
  } as unknown as ApiEvent);

it("serves the document with an entity tag, and 304 to who has it", async () => {
  const { statusCode, headers, body } = await send();
  expect([statusCode, JSON.parse(body ?? "")]).toEqual([200, document]);
  expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "public, max-age=300" });
  const { etag = "" } = headers;
  for (const sent of [etag, `"other", W/${etag}`, "*"]) {
    expect(await send({ "If-None-Match": sent })).toMatchObject({ statusCode: 304, headers: { etag } });
  }
  expect((await send({ "If-None-Match": '"other"' })).statusCode).toBe(200);
});

it("returns 404 for another route", async () => {
  expect((await send({}, "GET /other")).statusCode).toBe(404);
});
