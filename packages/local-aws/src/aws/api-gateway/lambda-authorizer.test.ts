import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import { ApiGatewayHarness, FUNCTION, type TestEvent } from "./testing/api-gateway-harness.ts";

let harness: ApiGatewayHarness;
beforeEach(async () => {
  harness = await ApiGatewayHarness.start();
});
afterEach(() => harness.close());

describe("an authorizer", () => {
  const settings = {
    name: "users",
    authorizer_type: "REQUEST",
    authorizer_uri: `${FUNCTION}:authorizer/invocations`,
    authorizer_payload_format_version: "2.0",
    enable_simple_responses: true,
    identity_sources: ["$request.header.Authorization"],
    authorizer_result_ttl_in_seconds: 300,
  };
  const authorizations = () =>
    harness.lambda.invocations.filter(({ functionName }) => functionName.endsWith(":authorizer"));

  async function protect(respond: (event: TestEvent) => unknown, overrides: Attributes = {}): Promise<Attributes> {
    harness.lambda.handlers.set("authorizer", respond);
    await harness.serve({});
    const authorizer = await harness.apply("aws_apigatewayv2_authorizer", { ...settings, ...overrides });
    const protection = { authorization_type: "CUSTOM", authorizer_id: authorizer.id };
    await harness.route("GET /a", "a", (event) => event.requestContext.authorizer ?? {}, protection);
    await harness.route("GET /b", "b", () => "b", protection);
    return authorizer;
  }

  const as = (user: string) => ({ headers: { Authorization: user } });

  it("receives the request, and passes its context to the function", async () => {
    const authorizer = await protect((event) => ({
      isAuthorized: true,
      context: { type: event.type, routeArn: event.routeArn, identity: event.identitySource[0] },
    }));
    expect(await (await harness.get("/a", as("u"))).json()).toEqual({
      lambda: {
        type: "REQUEST",
        routeArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${harness.api.id}/$default/GET/a`,
        identity: "u",
      },
    });
    expect(authorizations()[0]?.source).toMatchObject({
      sourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${harness.api.id}/authorizers/${authorizer.id}`,
    });
  });

  it("is not invoked without identity (401), denies with 403, and fails with 500", async () => {
    await protect((event) => {
      if (event.identitySource[0] === "broken") throw new Error("no users");
      return event.identitySource[0] === "odd" ? {} : { isAuthorized: false };
    });
    const responses = await Promise.all([
      harness.get("/a"),
      harness.get("/a", as("eve")),
      harness.get("/a", as("broken")),
      harness.get("/a", as("odd")),
    ]);
    expect(await Promise.all(responses.map(async (response) => [response.status, await response.json()]))).toEqual([
      [401, { message: "Unauthorized" }],
      [403, { message: "Forbidden" }],
      [500, { message: "Internal Server Error" }],
      [500, { message: "Internal Server Error" }],
    ]);
    expect(authorizations()).toHaveLength(3);
  });

  it("is invoked once per identity, for all routes, until the TTL has expired", async () => {
    await protect(() => ({ isAuthorized: true }));
    for (const path of ["/a", "/b", "/a"]) expect((await harness.get(path, as("u"))).status).toBe(200);
    expect(authorizations()).toHaveLength(1);
    await harness.get("/a", as("other"));
    expect(authorizations()).toHaveLength(2);
    harness.now += 300_001;
    await harness.get("/a", as("u"));
    expect(authorizations()).toHaveLength(3);
  });

  it("is invoked for each route if the route is part of the identity", async () => {
    await protect(() => ({ isAuthorized: true }), {
      identity_sources: ["$request.header.Authorization", "$context.routeKey"],
    });
    for (const path of ["/a", "/b", "/a"]) await harness.get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  // Only Linux has more than one loopback address by default.
  it.skipIf(process.platform !== "linux")("is invoked once per header and address of the client", async () => {
    await protect(({ identitySource: [user, address] }) => ({ isAuthorized: true, context: { user, address } }), {
      identity_sources: ["$request.header.Authorization", "$context.identity.sourceIp"],
    });
    const { port } = new URL(String(harness.api.api_endpoint));
    const get = async (user: string, localAddress: string) => {
      const options = { host: "127.0.0.1", port, path: "/a", localAddress, headers: { Authorization: user } };
      const [response] = (await once(request(options).end(), "response")) as [IncomingMessage];
      return json(response);
    };
    for (const address of ["127.0.0.1", "127.0.0.2", "127.0.0.1"]) {
      expect(await get("u", address)).toEqual({ lambda: { user: "u", address } });
    }
    expect(authorizations()).toHaveLength(2);
    expect(await get("v", "127.0.0.2")).toEqual({ lambda: { user: "v", address: "127.0.0.2" } });
    expect(authorizations()).toHaveLength(3);
    expect((await harness.get("/a")).status).toBe(401);
    expect(authorizations()).toHaveLength(3);
  });

  it("is invoked for each request without TTL", async () => {
    await protect(() => ({ isAuthorized: true }), { authorizer_result_ttl_in_seconds: 0 });
    for (const path of ["/a", "/a"]) await harness.get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  it("may return a policy, which is evaluated for each route even if it is cached", async () => {
    await protect(
      ({ routeArn }) => ({
        principalId: "u",
        policyDocument: { Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: routeArn }] },
        context: { role: "reader" },
      }),
      { enable_simple_responses: false },
    );
    expect(await (await harness.get("/a", as("u"))).json()).toEqual({ lambda: { role: "reader" } });
    expect((await harness.get("/b", as("u"))).status).toBe(403);
  });
});
