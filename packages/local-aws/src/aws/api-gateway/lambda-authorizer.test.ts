import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Attributes } from "../../provider/resource.ts";
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

  async function protect(answer: (event: TestEvent) => unknown, overrides: Attributes = {}): Promise<Attributes> {
    harness.lambda.handlers.set("authorizer", answer);
    await harness.serve({});
    const authorizer = await harness.apply("aws_apigatewayv2_authorizer", { ...settings, ...overrides });
    const protection = { authorization_type: "CUSTOM", authorizer_id: authorizer.id };
    await harness.route("GET /a", "a", (event) => event.requestContext.authorizer ?? {}, protection);
    await harness.route("GET /b", "b", () => "b", protection);
    return authorizer;
  }

  const as = (user: string) => ({ headers: { Authorization: user } });

  test("sees the request, and what it says reaches the function", async () => {
    const authorizer = await protect((event) => ({
      isAuthorized: true,
      context: { type: event.type, routeArn: event.routeArn, identity: event.identitySource[0] },
    }));
    expect(await (await harness.get("/a", as("u"))).json()).toEqual({
      lambda: {
        type: "REQUEST",
        routeArn: `arn:aws:execute-api:us-east-1:000000000000:${harness.api.id}/$default/GET/a`,
        identity: "u",
      },
    });
    expect(authorizations()[0]?.source).toMatchObject({
      sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${harness.api.id}/authorizers/${authorizer.id}`,
    });
  });

  test("is not asked when the identity is missing, refuses by 403, and fails by 500", async () => {
    await protect((event) => {
      if (event.identitySource[0] === "broken") throw new Error("no users");
      return event.identitySource[0] === "odd" ? {} : { isAuthorized: false };
    });
    const answers = await Promise.all([
      harness.get("/a"),
      harness.get("/a", as("eve")),
      harness.get("/a", as("broken")),
      harness.get("/a", as("odd")),
    ]);
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual([
      [401, { message: "Unauthorized" }],
      [403, { message: "Forbidden" }],
      [500, { message: "Internal Server Error" }],
      [500, { message: "Internal Server Error" }],
    ]);
    expect(authorizations()).toHaveLength(3);
  });

  test("is asked once for an identity, on all routes, until its time is over", async () => {
    await protect(() => ({ isAuthorized: true }));
    for (const path of ["/a", "/b", "/a"]) expect((await harness.get(path, as("u"))).status).toBe(200);
    expect(authorizations()).toHaveLength(1);
    await harness.get("/a", as("other"));
    expect(authorizations()).toHaveLength(2);
    harness.now += 300_001;
    await harness.get("/a", as("u"));
    expect(authorizations()).toHaveLength(3);
  });

  test("is asked for each route when the route is part of the identity, and always without a time", async () => {
    await protect(() => ({ isAuthorized: true }), {
      identity_sources: ["$request.header.Authorization", "$context.routeKey"],
    });
    for (const path of ["/a", "/b", "/a"]) await harness.get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  test("without a time is asked each time", async () => {
    await protect(() => ({ isAuthorized: true }), { authorizer_result_ttl_in_seconds: 0 });
    for (const path of ["/a", "/a"]) await harness.get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  test("may answer by a policy, which is held against each route also when it is kept", async () => {
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
