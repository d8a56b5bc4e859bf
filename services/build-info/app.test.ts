import { expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "./app.ts";
import type { BuildInfo } from "./build-info.ts";

const long = "0123456789abcdef0123456789abcdef01234567";
const build: BuildInfo = { type: "git", short: "0123456", long, time: "2026-11-21T10:00:00Z", modified: false };
const app = createApp(build, { now: () => 0 }, silentLog, noTracer);

const get = (routeKey: string) =>
  app({
    routeKey,
    rawPath: "/live/build-info",
    rawQueryString: "",
    requestContext: { requestId: "r", stage: "live", http: { method: "GET" } },
  } as unknown as ApiEvent);

it("greets the world", async () => {
  const { statusCode, body, headers } = await get("GET /");
  expect([statusCode, body]).toEqual([200, "Hello, World!"]);
  expect(headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
});

it("returns the commit that it was built from, and nothing else", async () => {
  const { statusCode, body = "" } = await get("GET /build-info");
  expect([statusCode, JSON.parse(body)]).toEqual([200, build]);
});

it("returns 404 for any other path", async () => {
  const { statusCode, body = "" } = await get("ANY /{path+}");
  expect([statusCode, JSON.parse(body).instance]).toEqual([404, "/build-info"]);
});
