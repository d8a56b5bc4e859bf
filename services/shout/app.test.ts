import type { ALBEvent } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { createApp, MAX_ANSWER_BYTES, type Shouter } from "./app.ts";
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

const app = (shouter: Shouter = upperCase) => createApp(shouter, { now: () => 0 }, silentLog);

async function call(over: Partial<ALBEvent>, shouter?: Shouter) {
  const { statusCode, headers, body = "" } = await app(shouter)(event(over));
  return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
}

it.each(["/", "/any", "/any/path"])("turns round and shouts what is posted to %s", async (path) => {
  const { status, headers, body } = await call({ path, body: '{"data":"hello"}' });
  expect([status, body]).toEqual([200, { data: "OLLEH" }]);
  expect(headers["content-type"]).toBe("application/json");
});

it("turns round before it shouts", async () => {
  const shouted: string[] = [];
  await call({ body: '{"data":"abc"}' }, { shout: async (text) => String(shouted.push(text)) });
  expect(shouted).toEqual(["cba"]);
});

it("reads a body in base64, as bodies of unknown types come", async () => {
  const body = Buffer.from('{"data":"é👨‍👩‍👧"}').toString("base64");
  expect((await call({ body, isBase64Encoded: true })).body).toEqual({ data: "👨‍👩‍👧É" });
});

describe("a bad body", () => {
  it.each([
    ["nothing", "", "InvalidJson"],
    ["no JSON", "hello", "InvalidJson"],
    ["a list", "[]", "InvalidData"],
    ["null", "null", "InvalidData"],
    ["no data", "{}", "InvalidData"],
    ["a number", '{"data":1}', "InvalidData"],
    ["half a character", '{"data":"\\ud83d"}', "InvalidText"],
  ])("is refused with a reason: %s", async (_, body, code) => {
    const answered = await call({ body });
    expect(answered.status).toBe(400);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    expect(answered.body).toMatchObject({ status: 400, code, detail: expect.any(String), requestId: TRACE });
  });

  it("is refused when it is no UTF-8", async () => {
    const { status, body } = await call({ body: Buffer.from([0xff]).toString("base64"), isBase64Encoded: true });
    expect([status, body.code]).toEqual([400, "InvalidText"]);
  });

  it("never does more than be refused, whatever it is", async () => {
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
] as const)("says when SHOUTCLOUD is of no use: %s, %i", async (code, status) => {
  const shouter: Shouter = { shout: () => Promise.reject(new ShoutcloudError(code, "why")) };
  const answered = await call({ body: '{"data":"x"}' }, shouter);
  expect(answered.status).toBe(status);
  expect(answered.body).toMatchObject({ status, code, detail: "why" });
});

it("does not tell what went wrong inside", async () => {
  const { status, body } = await call({ body: '{"data":"x"}' }, { shout: () => Promise.reject(new Error("secret")) });
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain("secret");
});

it("is healthy without asking SHOUTCLOUD", async () => {
  const shouter: Shouter = { shout: () => Promise.reject(new Error("asked")) };
  const { status, body } = await call({ httpMethod: "GET", path: "/health", headers: {} }, shouter);
  expect([status, body]).toEqual([200, { status: "pass" }]);
});

it.each(["GET", "PUT", "DELETE", "OPTIONS"])("says to %s which method it takes", async (httpMethod) => {
  const { status, headers, body } = await call({ httpMethod });
  expect([status, headers.allow, body.code]).toEqual([405, "POST", "MethodNotAllowed"]);
});

it("gives no answer that the load balancer would throw away", async () => {
  const sizeOf = async (length: number) => {
    const response = await app()(event({ body: JSON.stringify({ data: "x".repeat(length) }) }));
    return { status: response.statusCode, bytes: Buffer.byteLength(JSON.stringify(response)) };
  };
  const { bytes: envelope } = await sizeOf(0);
  expect(await sizeOf(MAX_ANSWER_BYTES - envelope)).toEqual({ status: 200, bytes: MAX_ANSWER_BYTES });
  expect((await sizeOf(MAX_ANSWER_BYTES - envelope + 1)).status).toBe(413);
});
