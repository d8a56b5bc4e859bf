import { array, assert, constantFrom, property, string, stringMatching, uint8Array } from "fast-check";
import { expect, it } from "vitest";
import { integrationEvent } from "./event.ts";
import { responseOf } from "./function-response.ts";
import { encodeBody, type GatewayRequest } from "./gateway-request.ts";
import type { PayloadFormat } from "./payload-format.ts";
import { RouteTable } from "./route-table.ts";
import type { Stage } from "./stage.ts";

const FORMATS: PayloadFormat[] = ["1.0", "2.0"];
const stage: Stage = {
  name: "$default",
  variables: {},
  throttling: { rate: 1, burst: 1 },
  routeThrottling: new Map(),
  accessLog: undefined,
};

function request(path: string, contentType?: string): GatewayRequest {
  return {
    requestId: "id",
    method: "PUT",
    path,
    rawQueryString: "",
    protocol: "HTTP/1.1",
    host: "localhost",
    sourceIp: "127.0.0.1",
    userAgent: "",
    headers: contentType === undefined ? [] : [["Content-Type", contentType]],
    isOverHeaderLimit: false,
    receivedAt: 0,
  };
}

function table(...routeKeys: string[]): RouteTable {
  return new RouteTable(
    routeKeys.map((routeKey) => ({ id: routeKey, routeKey, integrationId: "i", authorizerId: undefined })),
  );
}

/** The event that a function receives for a request, after serialization. */
function eventOf(format: PayloadFormat, path: string, body: Buffer, contentType?: string) {
  const message = request(path, contentType);
  const match = table("PUT /files/{key+}").match("PUT", path);
  if (!match) throw new Error(`no route for ${path}`);
  const event = integrationEvent(format, { apiId: "a", request: message, stage, match }, encodeBody(message, body));
  return JSON.parse(JSON.stringify(event));
}

it("passes bytes without a text type, and text with one, to a function and back unchanged", () => {
  const bytes = property(constantFrom(...FORMATS), uint8Array({ minLength: 1 }), (format, array) => {
    const { body, isBase64Encoded } = eventOf(format, "/files/x", Buffer.from(array));
    const response = responseOf(format, JSON.stringify({ statusCode: 200, body, isBase64Encoded }));
    expect(response.body).toEqual(Buffer.from(array));
  });
  const text = property(constantFrom(...FORMATS), string({ minLength: 1, unit: "binary" }), (format, value) => {
    const sent = Buffer.from(value);
    const { body, isBase64Encoded } = eventOf(format, "/files/x", sent, "text/plain");
    expect(isBase64Encoded).toBe(false);
    expect(responseOf(format, JSON.stringify({ statusCode: 200, body })).body).toEqual(sent);
  });
  assert(bytes);
  assert(text);
});

it("decodes path parameters once", () => {
  const segments = array(string({ minLength: 1, unit: "binary" }), { minLength: 1, maxLength: 4 });
  assert(
    property(segments, (keys) => {
      const { pathParameters } = eventOf("2.0", `/files/${keys.map(encodeURIComponent).join("/")}`, Buffer.alloc(0));
      expect(pathParameters).toEqual({ key: keys.join("/") });
    }),
  );
});

it("matches the same route in any order of creation", () => {
  const keys = ["$default", "ANY /{proxy+}", "GET /a/{id}", "GET /a/b", "ANY /a/b", "GET /a/{rest+}"];
  const paths = stringMatching(/^(\/[abc]){1,3}$/);
  assert(
    property(array(constantFrom(...keys), { minLength: 1 }), paths, (some, path) => {
      const unique = [...new Set(some)];
      const match = (order: string[]) => table(...order).match("GET", path)?.route.routeKey;
      expect(match(unique)).toBe(match(unique.toReversed()));
    }),
  );
});
