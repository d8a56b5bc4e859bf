import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiGatewayHarness, FUNCTION } from "./testing/api-gateway-harness.ts";

let harness: ApiGatewayHarness;
beforeEach(async () => {
  harness = await ApiGatewayHarness.start();
});
afterEach(() => harness.close());

test("routes are taken by how specific they are", async () => {
  const name = (text: string) => () => ({ statusCode: 200, body: text });
  await harness.serve({
    $default: name("default"),
    "ANY /{proxy+}": name("any greedy"),
    "GET /pets/{proxy+}": name("greedy"),
    "GET /pets/dog/{id}": name("variable"),
    "ANY /pets/dog/1": name("any literal"),
    "GET /pets/dog/1": name("literal"),
  });
  const answers = await Promise.all(
    ["/pets/dog/1", "/pets/dog/2", "/pets/cat/1", "/other/x", "/"].map(async (path) =>
      (await harness.get(path)).text(),
    ),
  );
  expect(answers).toEqual(["literal", "variable", "greedy", "any greedy", "default"]);
  expect(await (await harness.get("/pets/dog/1", { method: "POST" })).text()).toBe("any literal");
});

test("what no route matches, or is escaped wrongly, is refused", async () => {
  await harness.serve({ "GET /items/{id}": () => ({}) });
  const missing = await harness.get("/nothing");
  expect([missing.status, await missing.json()]).toEqual([404, { message: "Not Found" }]);
  expect((await harness.get("/items/1", { method: "DELETE" })).status).toBe(404);
  expect((await harness.get("/items/%E0%A4")).status).toBe(400);
});

test("a named stage has its own prefix and variables, which choose the function", async () => {
  await harness.serve({ "GET /x": () => ({}) });
  harness.lambda.handlers.set("live", (event) => ({ path: event.rawPath, stage: event.requestContext.stage }));
  const stage = await harness.apply("aws_apigatewayv2_stage", { name: "test", stage_variables: { alias: "live" } });
  expect(stage.invoke_url).toBe(`${harness.api.api_endpoint}/test`);
  await harness.route(
    "GET /y",
    "unused",
    () => ({}),
    {},
    { integration_uri: `${FUNCTION}:\${stageVariables.alias}/invocations` },
  );
  expect(await (await harness.get("/test/y")).json()).toEqual({ path: "/test/y", stage: "test" });
  expect((await harness.get("/y")).status).toBe(500);
});

describe("limits", () => {
  test("a body may have 10 MB and no byte more", async () => {
    await harness.serve({ "PUT /": ({ body }) => ({ length: Buffer.from(body, "base64").length }) });
    expect(await (await harness.get("/", { method: "PUT", body: Buffer.alloc(10_485_760) })).json()).toEqual({
      length: 10_485_760,
    });
    const refused = await harness.get("/", { method: "PUT", body: Buffer.alloc(10_485_761) });
    expect([refused.status, await refused.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  test("headers may have 10,240 bytes", async () => {
    await harness.serve({ "GET /": () => "ok" });
    expect((await harness.get("/", { headers: { "x-long": "a".repeat(9_500) } })).status).toBe(200);
    const refused = await harness.get("/", { headers: { "x-long": "a".repeat(10_240) } });
    expect([refused.status, await refused.json()]).toEqual([431, { message: "Request Header Fields Too Large" }]);
  });

  test("requests above rate and burst are refused until time has passed", async () => {
    const settings = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
    await harness.serve(
      { "GET /": () => "ok", "GET /slow": () => "ok" },
      {
        default_route_settings: [settings],
        route_settings: [{ route_key: "GET /slow", throttling_rate_limit: 1, throttling_burst_limit: 0 }],
      },
    );
    const statuses = [
      (await harness.get("/")).status,
      (await harness.get("/")).status,
      (await harness.get("/")).status,
    ];
    expect(statuses).toEqual([200, 200, 429]);
    expect((await harness.get("/slow")).status).toBe(429);
    harness.now += 1_000;
    expect((await harness.get("/")).status).toBe(200);
  });
});

test("cross-origin requests are answered by the API's own rules", async () => {
  harness.api = await harness.apply("aws_apigatewayv2_api", {
    name: "cors",
    protocol_type: "HTTP",
    cors_configuration: [
      { allow_origins: ["https://app.example"], allow_methods: ["GET"], allow_headers: ["authorization"], max_age: 60 },
    ],
  });
  await harness.serve({ "GET /": () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } }) });
  const preflight = await harness.get("/anything", {
    method: "OPTIONS",
    headers: { Origin: "https://app.example", "Access-Control-Request-Method": "GET" },
  });
  expect([preflight.status, Object.fromEntries(preflight.headers)]).toMatchObject([
    204,
    {
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-methods": "GET",
      "access-control-max-age": "60",
    },
  ]);
  const from = async (origin: string) => {
    const response = await harness.get("/", { headers: { Origin: origin } });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  expect(await from("https://app.example")).toEqual([200, "https://app.example"]);
  expect(await from("https://evil.example")).toEqual([200, null]);
});

test("the access log has one line in the stage's format for each request", async () => {
  await harness.serve(
    { "GET /x": () => "four" },
    {
      access_log_settings: [
        {
          destination_arn: "arn:aws:logs:us-east-1:000000000000:log-group:/api",
          format:
            '{"route":"$context.routeKey","status":$context.status,"agent":"$context.identity.userAgent","length":"$context.responseLength","who":"$context.authorizer.user"}',
        },
      ],
    },
  );
  await harness.get("/x", { headers: { "User-Agent": 'a "b"' } });
  await harness.get("/nothing");
  expect(harness.logged.map((line) => JSON.parse(line))).toEqual([
    { route: "GET /x", status: 200, agent: 'a "b"', length: "4", who: "-" },
    expect.objectContaining({ route: "-", status: 404 }),
  ]);
});

test("a connection is kept, and a request under way is finished when the API closes", async () => {
  let release = () => {};
  const started = new Promise<void>((resolve) => {
    void harness
      .serve({
        "GET /": () =>
          new Promise((done) => {
            release = () => done("done");
            resolve();
          }),
      })
      .then(() => {
        const request = httpRequest(`${harness.api.api_endpoint}/`).end();
        answered = once(request, "response").then(([response]) => readText(response));
      });
  });
  let answered: Promise<string> | undefined;
  await started;
  const closing = harness.gateway.close();
  release();
  expect(await answered).toBe("done");
  await closing;
  const socket = connect(Number(new URL(String(harness.api.api_endpoint)).port), "127.0.0.1");
  await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
});

test("an API keeps its address over a restart, and loses it when it is deleted", async () => {
  await harness.restart();
  const handler = harness.gateway.terraform.resources?.find(({ type }) => type === "aws_apigatewayv2_api");
  await handler?.start?.(harness.api);
  expect(await handler?.read?.(harness.api)).toEqual({ api_endpoint: harness.api.api_endpoint });
  await handler?.delete?.(harness.api);
  await expect(harness.get("/")).rejects.toThrow();
});

test("a custom domain leads to its stage by the Host header, and may be the only way", async () => {
  await harness.serve({ "GET /x": (event) => event.requestContext.domainName });
  await harness.apply("aws_apigatewayv2_api_mapping", {
    domain_name: "files.example",
    stage: "$default",
    api_mapping_key: "v1",
  });
  const hosted = (path: string) =>
    new Promise<[number | undefined, string]>((resolve) => {
      const headers = { host: "files.example" };
      httpRequest(`${harness.api.api_endpoint}${path}`, { headers }, (response) => {
        void readText(response).then((text) => resolve([response.statusCode, text]));
      }).end();
    });
  expect(await hosted("/v1/x")).toEqual([200, "files.example"]);
  expect((await harness.get("/x")).status).toBe(200);
  const handler = harness.gateway.terraform.resources?.find(({ type }) => type === "aws_apigatewayv2_api");
  await handler?.start?.({ ...harness.api, disable_execute_api_endpoint: true });
  expect((await harness.get("/x")).status).toBe(404);
  expect((await hosted("/v1/x"))[0]).toBe(200);
});

test("what is not served is refused by name", async () => {
  await expect(harness.apply("aws_apigatewayv2_api", { protocol_type: "WEBSOCKET" })).rejects.toThrow("WebSocket");
  await expect(harness.apply("aws_apigatewayv2_integration", { integration_type: "HTTP_PROXY" })).rejects.toThrow(
    "AWS_PROXY",
  );
  await expect(harness.apply("aws_apigatewayv2_authorizer", { authorizer_type: "JWT" })).rejects.toThrow("JWT");
  await expect(harness.apply("aws_apigatewayv2_route", { route_key: "FETCH /" })).rejects.toThrow("route key");
  await expect(harness.apply("aws_apigatewayv2_stage", { api_id: "unknown", name: "x" })).rejects.toThrow(
    "Invalid API identifier",
  );
});
