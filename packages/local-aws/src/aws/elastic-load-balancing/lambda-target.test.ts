import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsError } from "../../runtime/error.ts";
import { FUNCTION_GROUP, LoadBalancingHarness, WITH_FUNCTION } from "./testing/load-balancing-harness.ts";

let harness: LoadBalancingHarness;

beforeEach(async () => {
  harness = new LoadBalancingHarness();
  await harness.start();
});
afterEach(() => harness.stop());

describe("a Lambda target", () => {
  it("receives the event of a load balancer, and its response is returned", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const response = await fetch(harness.url("/any/path?a=b%20c&a=d&e"), {
      method: "POST",
      body: '{"data":"é"}',
      headers: { "content-type": "application/json", "x-forwarded-for": "203.0.113.9" },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("from the function");
    expect(harness.lambda.invocations[0]?.source).toEqual({
      kind: "service",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: harness.groupArn(),
    });
    expect(harness.event).toMatchObject({
      requestContext: { elb: { targetGroupArn: harness.groupArn() } },
      httpMethod: "POST",
      path: "/any/path",
      queryStringParameters: { a: "d", e: "" },
      headers: {
        "content-type": "application/json",
        host: new URL(harness.url()).host,
        "x-forwarded-for": "203.0.113.9, 127.0.0.1",
        "x-forwarded-port": "80",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      body: '{"data":"é"}',
      isBase64Encoded: false,
    });
    expect(harness.event).not.toHaveProperty("multiValueHeaders");
    await fetch(harness.url("/?q=a%20b"));
    expect(harness.event).toMatchObject({ queryStringParameters: { q: "a%20b" }, body: "", isBase64Encoded: false });
  });

  it("receives and returns all values of a header if the target group has multi-value headers", async () => {
    await harness.apply({ ...FUNCTION_GROUP, lambda_multi_value_headers_enabled: true }, WITH_FUNCTION);
    harness.lambda.respond = () => ({ statusCode: 200, multiValueHeaders: { "set-cookie": ["a=1", "b=2"] }, body: "" });
    const { headers } = await harness.send("/?a=1&a=2", { headers: { "x-many": ["1", "2"] } });
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect(harness.event).toMatchObject({
      multiValueQueryStringParameters: { a: ["1", "2"] },
      multiValueHeaders: { "x-many": ["1", "2"] },
    });
    expect(harness.event).not.toHaveProperty("headers");
  });

  it.each([
    ["application/octet-stream", {}, true],
    ["text/plain", {}, false],
    ["application/json; charset=utf-8", {}, false],
    ["application/json", { "content-encoding": "gzip" }, true],
    ["application/problem+json", {}, true],
  ])("receives a body of type %s %j in base64: %j", async (contentType, headers, isBase64Encoded) => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const body = Buffer.from([0xff, 0x00, 0x41]);
    await fetch(harness.url(), { method: "POST", body, headers: { "content-type": contentType, ...headers } });
    expect(harness.event.isBase64Encoded).toBe(isBase64Encoded);
    if (isBase64Encoded) expect(Buffer.from(String(harness.event.body), "base64")).toEqual(body);
  });

  it("causes 502 if it fails or returns an invalid response", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const bad = [
      new Error("failed"),
      new AwsError("TooManyRequestsException", "throttled", 429),
      "not json",
      "null",
      {},
      { statusCode: "200" },
      { statusCode: 99 },
      { statusCode: 200, body: { not: "text" } },
      { statusCode: 200, headers: { "x-number": 1 } },
      { statusCode: 200, headers: { "bad header": "x" } },
      { statusCode: 200, body: "x".repeat(1_048_576) },
    ];
    for (const result of bad) {
      harness.lambda.respond = () => result;
      const response = await fetch(harness.url());
      expect(response.status, JSON.stringify(result).slice(0, 80)).toBe(502);
      expect(response.headers.get("server")).toBe("awselb/2.0");
      expect(await response.text()).toBe(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
      );
    }
  });

  it("accepts and returns at most 1 MiB", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const post = (bytes: number) => fetch(harness.url(), { method: "POST", body: new Uint8Array(bytes) });
    expect((await post(1_048_576)).status).toBe(200);
    const rejected = await post(1_048_577);
    expect(rejected.status).toBe(413);
    expect(await rejected.text()).toContain("413 Request Entity Too Large");
    const envelope = JSON.stringify({ statusCode: 200, body: "" }).length;
    harness.lambda.respond = () => ({ statusCode: 200, body: "x".repeat(1_048_576 - envelope) });
    expect((await fetch(harness.url())).status).toBe(200);
    harness.lambda.respond = () => ({ statusCode: 200, body: "x".repeat(1_048_577 - envelope) });
    expect((await fetch(harness.url())).status).toBe(502);
  });

  it("causes 504 if it exceeds the idle timeout of the load balancer", async () => {
    await harness.apply(FUNCTION_GROUP, { ...WITH_FUNCTION, balancer: { idle_timeout: 1 } });
    let finish = () => {};
    harness.lambda.respond = () => new Promise((resolve) => (finish = () => resolve({ statusCode: 200 })));
    const response = await fetch(harness.url());
    expect(response.status).toBe(504);
    expect(await response.text()).toContain("504 Gateway Time-out");
    finish();
  });

  it("cannot be attached without permission to invoke it", async () => {
    harness.lambda.permits = false;
    await expect(harness.apply(FUNCTION_GROUP, WITH_FUNCTION)).rejects.toThrow(/does not have\s+permission to invoke/);
  });

  it("is checked only if the target group has a health check", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    expect(harness.targetGroups.health(harness.groupArn())).toMatchObject([
      { state: "unavailable", reason: "Target.HealthCheckDisabled" },
    ]);
    expect(harness.lambda.invocations).toEqual([]);
    const health_check = { enabled: true, interval: 35, path: "/health" };
    await harness.apply({ ...FUNCTION_GROUP, health_check }, WITH_FUNCTION);
    await expect.poll(() => harness.targetGroups.health(harness.groupArn())).toMatchObject([{ state: "healthy" }]);
    expect(harness.event).toMatchObject({
      path: "/health",
      headers: { "user-agent": "ELB-HealthChecker/2.0" },
      body: "",
    });
  });

  it("responds to HEAD without a body", async () => {
    await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
    const response = await fetch(harness.url(), { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

it("reports a request with the function that served it", async () => {
  await harness.apply(FUNCTION_GROUP, WITH_FUNCTION);
  await fetch(harness.url("/"));
  await expect.poll(() => harness.requests).toMatchObject([{ name: "front", status: 200, servedBy: "shout" }]);
});
