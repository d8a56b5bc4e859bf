import type { ALBEvent } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp, MAX_RESPONSE_BYTES, type Shouter } from "./app.ts";
import { ShoutcloudError } from "./shoutcloud.ts";

const TRACE = "1-67891233-abcdef012345678912345678";
const upperCase: Shouter = { shout: async (text) => text.toUpperCase() };

const event = (over: Partial<ALBEvent> = {}): ALBEvent => ({
  requestContext: { elb: { targetGroupArn: "arn" } },
  httpMethod: "POST",
  path: "/",
  headers: { "x-amzn-trace-id": `Self=1-0-0;Root=${TRACE}` },
  body: "",
  isBase64Encoded: false,
  ...over,
});

const app = (shouter: Shouter = upperCase) => createApp(shouter, { now: () => 0 }, silentLog, noTracer);

async function call(over: Partial<ALBEvent>, shouter?: Shouter) {
  const { statusCode, headers, body = "" } = await app(shouter)(event(over));
  return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
}

it.each(["/", "/any", "/any/path"])("reverses and shouts the text of POST %s", async (path) => {
  const { status, headers, body } = await call({ path, body: '{"data":"hello"}' });
  expect([status, body]).toEqual([200, { data: "OLLEH" }]);
  expect(headers["content-type"]).toBe("application/json");
});

it("reverses the text before it shouts it", async () => {
  const shouted: string[] = [];
  await call({ body: '{"data":"abc"}' }, { shout: async (text) => String(shouted.push(text)) });
  expect(shouted).toEqual(["cba"]);
});

it("decodes a base64 body, which binary content types have", async () => {
  const body = Buffer.from('{"data":"é👨‍👩‍👧"}').toString("base64");
  expect((await call({ body, isBase64Encoded: true })).body).toEqual({ data: "👨‍👩‍👧É" });
});

describe("an invalid body", () => {
  it.each([
    ["nothing", "", "InvalidJson"],
    ["not JSON", "hello", "InvalidJson"],
    ["a list", "[]", "InvalidData"],
    ["null", "null", "InvalidData"],
    ["no data", "{}", "InvalidData"],
    ["a number", '{"data":1}', "InvalidData"],
    ["a lone surrogate", '{"data":"\\ud83d"}', "InvalidText"],
  ])("is rejected with a reason: %s", async (_, body, code) => {
    const response = await call({ body });
    expect(response.status).toBe(400);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.body).toMatchObject({ status: 400, code, detail: expect.any(String), requestId: TRACE });
  });

  it("is rejected when it is not UTF-8", async () => {
    const { status, body } = await call({ body: Buffer.from([0xff]).toString("base64"), isBase64Encoded: true });
    expect([status, body.code]).toEqual([400, "InvalidText"]);
  });

  it("results in 400 or 200, for any content", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), fc.boolean(), async (body, isBase64Encoded) => {
        expect([200, 400]).toContain((await call({ body, isBase64Encoded })).status);
      }),
    );
  });
});

it.each([
  ["UpstreamTimeout", 504],
  ["UpstreamUnavailable", 502],
  ["UpstreamFailed", 502],
  ["UpstreamNonsense", 502],
] as const)("reports an upstream failure: %s, %i", async (code, status) => {
  const shouter: Shouter = { shout: () => Promise.reject(new ShoutcloudError(code, "why")) };
  const response = await call({ body: '{"data":"x"}' }, shouter);
  expect(response.status).toBe(status);
  expect(response.body).toMatchObject({ status, code, detail: "why" });
});

it("hides the details of an internal error", async () => {
  const { status, body } = await call({ body: '{"data":"x"}' }, { shout: () => Promise.reject(new Error("secret")) });
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain("secret");
});

it("passes the health check without a request to SHOUTCLOUD", async () => {
  const shouter: Shouter = { shout: () => Promise.reject(new Error("called")) };
  const { status, body } = await call({ httpMethod: "GET", path: "/health", headers: {} }, shouter);
  expect([status, body]).toEqual([200, { status: "pass" }]);
});

it.each(["GET", "PUT", "DELETE", "OPTIONS"])("responds to %s with the allowed method", async (httpMethod) => {
  const { status, headers, body } = await call({ httpMethod });
  expect([status, headers.allow, body.code]).toEqual([405, "POST", "MethodNotAllowed"]);
});

it("returns no response above the limit of the load balancer", async () => {
  const sizeOf = async (length: number) => {
    const response = await app()(event({ body: JSON.stringify({ data: "x".repeat(length) }) }));
    return { status: response.statusCode, bytes: Buffer.byteLength(JSON.stringify(response)) };
  };
  const { bytes: envelope } = await sizeOf(0);
  expect(await sizeOf(MAX_RESPONSE_BYTES - envelope)).toEqual({ status: 200, bytes: MAX_RESPONSE_BYTES });
  expect((await sizeOf(MAX_RESPONSE_BYTES - envelope + 1)).status).toBe(413);
});
