import type { APIGatewayRequestAuthorizerEventV2 } from "aws-lambda";
import { expect, it } from "vitest";
import { readAuthorizerContext } from "../../lib/users/authorizer-context.ts";
import type { Authentication } from "../../lib/users/principal.ts";
import { createAuthorizer } from "./authorize.ts";

const NOW = 1_000_000;

function authorize(authentication: Authentication | Error, authorization?: string) {
  const calls: unknown[] = [];
  const authenticate = async (...call: readonly unknown[]): Promise<Authentication> => {
    calls.push(call);
    if (authentication instanceof Error) throw authentication;
    return authentication;
  };
  const event = {
    ...(authorization !== undefined && { headers: { authorization } }),
    requestContext: { http: { sourceIp: "192.0.2.1" } },
  } as unknown as APIGatewayRequestAuthorizerEventV2;
  return { calls, result: createAuthorizer({ authenticate }, { now: () => NOW })(event) };
}

it("passes the caller with its grants to the function of the route", async () => {
  const principal = { user: "ann", grants: [{ role: "writer", prefix: "team/" }], method: "password" } as const;
  const { calls, result } = authorize({ outcome: "authenticated", principal }, "Basic YW5uOnBhc3N3b3Jk");
  const { isAuthorized, context } = await result;
  expect(calls).toEqual([[{ scheme: "basic", username: "ann", password: "password" }, "192.0.2.1"]]);
  expect(isAuthorized).toBe(true);
  for (const value of Object.values(context)) expect(["string", "number"]).toContain(typeof value);
  expect(readAuthorizerContext(context)).toEqual({ outcome: "authenticated", principal });
});

it("passes a rejected request on, for the function to respond with the reason", async () => {
  const { calls, result } = authorize({ outcome: "rejected" });
  expect(await result).toEqual({ isAuthorized: true, context: { outcome: "rejected" } });
  expect(calls).toEqual([[undefined, "192.0.2.1"]]);
});

it("says until when API Gateway repeats that there were too many failures", async () => {
  const { result } = authorize({ outcome: "limited" }, "Basic YTpi");
  expect(await result).toEqual({ isAuthorized: true, context: { outcome: "limited", until: NOW + 300_000 } });
});

it("lets nobody in when the users cannot be read", async () => {
  await expect(authorize(new Error("unavailable"), "Bearer a").result).rejects.toThrow("unavailable");
});
