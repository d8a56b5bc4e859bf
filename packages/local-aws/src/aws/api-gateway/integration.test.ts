import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { ApiGatewayHarness, type TestEvent } from "./testing/api-gateway-harness.ts";

let harness: ApiGatewayHarness;
beforeEach(async () => {
  harness = await ApiGatewayHarness.start();
});
afterEach(() => harness.close());

describe("an event in format 2.0", () => {
  it("contains the request in the format of API Gateway", async () => {
    await harness.serve({ "POST /items/{id}": (event) => event }, { stage_variables: { table: "files" } });
    const response = await harness.get("/items/a%20b%2Fc?x=1&y=2&x=3&empty", {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: "a=1; b=2", "X-Test": "one", "User-Agent": "test" },
      body: '{"é":1}',
    });
    const event = (await response.json()) as TestEvent;
    expect(event).toEqual({
      version: "2.0",
      routeKey: "POST /items/{id}",
      rawPath: "/items/a b/c",
      rawQueryString: "x=1&y=2&x=3&empty",
      cookies: ["a=1", "b=2"],
      headers: expect.objectContaining({
        "content-type": "application/json",
        "content-length": "8",
        "x-test": "one",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
      }),
      queryStringParameters: { x: "1,3", y: "2", empty: "" },
      requestContext: {
        accountId: ACCOUNT_ID,
        apiId: harness.api.id,
        domainName: "127.0.0.1",
        domainPrefix: "127",
        http: { method: "POST", path: "/items/a b/c", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: "POST /items/{id}",
        stage: "$default",
        time: "21/Nov/2026:09:00:00 +0000",
        timeEpoch: harness.now,
      },
      pathParameters: { id: "a b/c" },
      stageVariables: { table: "files" },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(response.headers.get("apigw-requestid")).toBe(event.requestContext.requestId);
    expect(harness.lambda.invocations[0]?.source).toEqual({
      kind: "service",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${harness.api.id}/$default/POST/items/{id}`,
    });
  });

  it.each([
    ["text/html; charset=utf-8", false],
    ["application/json", false],
    ["application/problem+json", false],
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
    ["image/png", true],
  ])("contains a body of type %s in base64: %s", async (type, isBase64Encoded) => {
    await harness.serve({ "PUT /": (event) => event });
    const event = await (
      await harness.get("/", { method: "PUT", headers: { "Content-Type": type }, body: "abc" })
    ).json();
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? "YWJj" : "abc" });
  });

  it("contains a body without content type in base64", async () => {
    await harness.serve({ "PUT /": ({ body, isBase64Encoded }) => ({ statusCode: 200, body, isBase64Encoded }) });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const response = await harness.get("/", { method: "PUT", body: bytes });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });
});

describe("an event in format 1.0", () => {
  it("contains single and multiple values, as its response may", async () => {
    await harness.serve(
      {
        "GET /items/{id}": (event) => ({
          statusCode: 200,
          multiValueHeaders: { "X-Many": ["a", "b"] },
          body: JSON.stringify(event),
        }),
      },
      {},
      { payload_format_version: "1.0" },
    );
    const response = await harness.get("/items/7?x=1&x=2");
    expect(response.headers.get("x-many")).toBe("a, b");
    expect(await response.json()).toMatchObject({
      version: "1.0",
      resource: "/items/{id}",
      path: "/items/7",
      httpMethod: "GET",
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      pathParameters: { id: "7" },
      stageVariables: null,
      body: null,
      requestContext: { resourcePath: "/items/{id}", identity: { sourceIp: "127.0.0.1" } },
    });
  });
});

describe("a response", () => {
  it.each([
    ["an object without statusCode", { a: 1 }, 200, "application/json", '{"a":1}'],
    ["a string", "File uploaded", 200, "application/json", "File uploaded"],
    ["null", null, 200, "application/json", "null"],
    ["a structure without content type", { statusCode: 201, body: "done" }, 201, "text/plain;charset=UTF-8", "done"],
    ["a structure", { statusCode: "404", headers: { "Content-Type": "a/b" }, body: "no" }, 404, "a/b", "no"],
    ["base64", { statusCode: 200, body: "YWJj", isBase64Encoded: true }, 200, "text/plain;charset=UTF-8", "abc"],
    ["an impossible status", { statusCode: 1000 }, 500, "application/json", '{"message":"Internal Server Error"}'],
    [
      "an impossible header",
      { statusCode: 200, headers: { "x-a": "b\nc" } },
      500,
      "application/json",
      '{"message":"Internal Server Error"}',
    ],
  ])("of %s", async (_, result, status, contentType, body) => {
    await harness.serve({ "GET /": () => result });
    const response = await harness.get("/");
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      status,
      contentType,
      body,
    ]);
  });

  it("sets all cookies, and has the content length of the function for HEAD", async () => {
    await harness.serve({
      "ANY /": () => ({ statusCode: 200, cookies: ["a=1", "b=2; Path=/"], headers: { "content-length": "12" } }),
    });
    const response = await harness.get("/", { method: "HEAD" });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
    expect(response.headers.get("content-length")).toBe("12");
    expect((await harness.get("/")).headers.get("content-length")).toBe("0");
  });

  it("with status 204 or 304 has no body", async () => {
    await harness.serve({ "GET /": () => ({ statusCode: 304, headers: { etag: '"x"' }, body: "ignored" }) });
    const response = await harness.get("/");
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, '"x"', ""]);
  });
});

describe("a failing integration", () => {
  it.each([
    [
      "a function that throws",
      () => {
        throw new Error("boom");
      },
      500,
      "Internal Server Error",
    ],
    [
      "a missing permission",
      () => {
        throw new AwsError("AccessDeniedException", "no", 403);
      },
      500,
      "Internal Server Error",
    ],
    [
      "a throttled function",
      () => {
        throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
      },
      503,
      "Service Unavailable",
    ],
    [
      "an event over Lambda's limit",
      () => {
        throw new AwsError("RequestEntityTooLargeException", "large", 413);
      },
      413,
      "Request Entity Too Large",
    ],
    [
      "a function that takes longer than the integration's timeout",
      () => new Promise(() => {}),
      503,
      "Service Unavailable",
    ],
  ])("%s", async (_, handler, status, message) => {
    await harness.serve({ "GET /": handler }, {}, { timeout_milliseconds: 50 });
    const response = await harness.get("/");
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });
});
