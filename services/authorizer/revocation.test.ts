import { ApiGatewayHarness, FUNCTION_INVOKE_ARN } from "@nv-demo/local-aws/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AUTHORIZER_CACHE_SECONDS, readAuthorizerContext } from "../../lib/users/authorizer-context.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { startTestUsers, type TestUsers } from "../../lib/users/testing/user-tables.ts";
import { createAuthorizer } from "./authorize.ts";

// The authorizer behind the API Gateway of the local AWS, which caches its results, with a clock that both share.

const actor = { who: "test", from: "test" };
const WRITER: Grant = { role: "writer", prefix: "team/" };
const READER: Grant = { role: "reader", prefix: "team/" };
let test: TestUsers;
let harness: ApiGatewayHarness;
let name: string;
let password: string;
let users = 0;

beforeAll(async () => {
  test = await startTestUsers();
  harness = await ApiGatewayHarness.start();
  harness.lambda.handlers.set("authorizer", createAuthorizer(test.authenticator, test.clock));
  await harness.serve({});
  const { id } = await harness.apply("aws_apigatewayv2_authorizer", {
    name: "users",
    authorizer_type: "REQUEST",
    authorizer_uri: `${FUNCTION_INVOKE_ARN}:authorizer/invocations`,
    authorizer_payload_format_version: "2.0",
    enable_simple_responses: true,
    identity_sources: ["$request.header.Authorization", "$context.identity.sourceIp"],
    authorizer_result_ttl_in_seconds: AUTHORIZER_CACHE_SECONDS,
  });
  const protection = { authorization_type: "CUSTOM", authorizer_id: id };
  await harness.route("GET /me", "me", (event) => event.requestContext.authorizer.lambda, protection);
});
afterAll(async () => {
  await harness.close();
  await test.remove();
});
beforeEach(async () => {
  users += 1;
  name = `user-${users}`;
  ({ password } = await test.directory.add(actor, name, { grants: [WRITER] }));
});

const basic = (secret = password) => `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;

/** The grants of the caller, or how the sign-in failed. */
async function access(authorization: string): Promise<readonly Grant[] | string | undefined> {
  const response = await harness.get("/me", { headers: { authorization } });
  const caller = readAuthorizerContext(await response.json());
  return caller?.outcome === "authenticated" ? caller.principal.grants : caller?.outcome;
}

/** Lets the time pass for API Gateway and for the users. */
function wait(seconds: number): void {
  test.clock.advance(seconds);
  harness.now += seconds * 1_000;
}

const newKey = async () => (await test.directory.addKey(actor, name, { name: "laptop" })).token;

describe("takes effect within 300 seconds", () => {
  it.each<[string, () => Promise<unknown>, readonly Grant[] | string]>([
    ["disabling a user", () => test.directory.change(actor, name, { state: "disabled" }), "rejected"],
    ["removing a user", () => test.directory.remove(actor, name), "rejected"],
    ["narrowing a grant", () => test.directory.change(actor, name, { grants: [READER] }), [READER]],
    ["revoking a grant", () => test.directory.revoke(actor, name, WRITER), []],
  ])("%s, for the password and for an access key", async (_, change, expected) => {
    const credentials = [basic(), `Bearer ${await newKey()}`];
    for (const credential of credentials) expect(await access(credential)).toEqual([WRITER]);
    wait(1);
    await change();
    wait(AUTHORIZER_CACHE_SECONDS - 2);
    for (const credential of credentials) expect(await access(credential)).toEqual([WRITER]);
    wait(2);
    for (const credential of credentials) expect(await access(credential)).toEqual(expected);
  });

  it("another password", async () => {
    expect(await access(basic())).toEqual([WRITER]);
    const replaced = await test.directory.setPassword(actor, name);
    expect(await access(basic(replaced.password))).toEqual([WRITER]);
    wait(AUTHORIZER_CACHE_SECONDS + 1);
    expect(await access(basic())).toBe("rejected");
  });

  it("revoking an access key", async () => {
    const { token, key } = await test.directory.addKey(actor, name, { name: "laptop" });
    expect(await access(`Bearer ${token}`)).toEqual([WRITER]);
    await test.directory.revokeKey(actor, name, key.id);
    wait(AUTHORIZER_CACHE_SECONDS + 1);
    expect(await access(`Bearer ${token}`)).toBe("rejected");
  });
});

it("takes effect at once for credentials that were not used in the last 300 seconds", async () => {
  await test.directory.change(actor, name, { state: "disabled" });
  expect(await access(basic())).toBe("rejected");
});

it("checks credentials once in 300 seconds, so that most requests cost no hash", async () => {
  const before = harness.lambda.invocations.filter(({ functionName }) => functionName.endsWith(":authorizer")).length;
  for (let request = 0; request < 20; request += 1) expect(await access(basic())).toEqual([WRITER]);
  const after = harness.lambda.invocations.filter(({ functionName }) => functionName.endsWith(":authorizer")).length;
  expect(after - before).toBe(1);
});
