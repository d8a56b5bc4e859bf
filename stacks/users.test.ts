import { describe, expect, it } from "vitest";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, dev, "prod with a domain": withProvider } = testEnvironments;
const synthesized = synthesize(prod);
const stack = stackOf(synthesized, "users");
const frontend = stackOf(synthesized, "frontend");

/** Role name → `action resource` of its statements on tables and on the audit log. */
function dataAccess(chosen: typeof stack): Record<string, string[]> {
  const entries = resources(chosen, "aws_iam_role_policy").map(({ role, policy }): [string, string[]] => [
    /_role\.(\w+?)_Role/.exec(String(role))?.[1] ?? String(role),
    statements(policy)
      .flatMap(({ Action, Resource, Condition }) =>
        [Action].flat().flatMap((action) =>
          [Resource].flat().map((target) => {
            const name = /(users|credentials|sign_ins)_table_arn|_(Users|Credentials|SignIns)_|(index)/i.exec(
              String(target),
            );
            return `${action} ${(name?.[1] ?? name?.[2] ?? "").toLowerCase()}${String(target).includes("/index/") ? "/index" : ""}${Condition ? " if" : ""}`;
          }),
        ),
      )
      .filter((text) => text.startsWith("dynamodb:"))
      .toSorted(),
  ]);
  return Object.fromEntries(entries.filter(([, actions]) => actions.length > 0));
}

describe("the tables", () => {
  it("are encrypted, restorable and protected, and delete what has expired", () => {
    const tables = Object.fromEntries(
      resources(stack, "aws_dynamodb_table").map((table) => [String(table.name), table]),
    );
    expect(Object.keys(tables)).toEqual(["nv-demo-credentials", "nv-demo-sign-ins", "nv-demo-users"]);
    for (const table of Object.values(tables)) {
      expect(table).toMatchObject({
        billing_mode: "PAY_PER_REQUEST",
        deletion_protection_enabled: true,
        point_in_time_recovery: { enabled: true },
        server_side_encryption: { enabled: true },
      });
    }
    const expiry = { attribute_name: "expiresAt", enabled: true };
    expect(tables["nv-demo-credentials"]?.ttl).toEqual(expiry);
    expect(tables["nv-demo-sign-ins"]?.ttl).toEqual(expiry);
    expect(tables["nv-demo-users"]?.ttl).toBeUndefined();
    const [devTable] = resources(stackOf(synthesize(dev), "users"), "aws_dynamodb_table");
    expect(devTable?.deletion_protection_enabled).toBe(false);
  });

  it("are accessible to each function for its task only", () => {
    expect(dataAccess(stack)).toEqual({
      InitFunction: [
        "dynamodb:DeleteItem credentials",
        "dynamodb:GetItem credentials",
        "dynamodb:GetItem users",
        "dynamodb:PutItem credentials",
        "dynamodb:PutItem users",
        "dynamodb:Query credentials/index",
      ],
    });
    const signIn = [
      "dynamodb:GetItem credentials",
      "dynamodb:GetItem sign_ins",
      "dynamodb:GetItem users",
      "dynamodb:UpdateItem sign_ins",
      "dynamodb:UpdateItem users if",
    ];
    expect(dataAccess(frontend)).toEqual({
      AuthorizerFunction: signIn,
      UsersFunction: [
        ...signIn,
        "dynamodb:DeleteItem credentials",
        "dynamodb:DeleteItem users",
        "dynamodb:PutItem credentials",
        "dynamodb:PutItem users",
        "dynamodb:Query credentials/index",
        "dynamodb:Scan users",
        "dynamodb:UpdateItem users",
      ].toSorted(),
    });
  });

  it("let a sign-in replace the hash of a password and no other attribute of a user", () => {
    const conditions = resources(frontend, "aws_iam_role_policy").flatMap(({ policy }) =>
      statements(policy).flatMap(({ Sid, Condition }) => (Sid === "ReplacePasswordHashes" ? [Condition] : [])),
    );
    expect(conditions).toHaveLength(2);
    for (const condition of conditions) {
      expect(condition).toEqual({
        "ForAllValues:StringEquals": { "dynamodb:Attributes": ["name", "passwordHash"] },
        StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
      });
    }
  });
});

describe("the audit log", () => {
  it("has a log group of its own that is kept for a year", () => {
    const groups = resources(stack, "aws_cloudwatch_log_group").map(({ name, retention_in_days }) => [
      name,
      retention_in_days,
    ]);
    expect(Object.fromEntries(groups)).toMatchObject({ "/nv-demo/audit": 365 });
  });

  it("receives the audit entries of every function that changes files or users", () => {
    const sources = [stack, frontend].flatMap((chosen) =>
      resources(chosen, "aws_cloudwatch_log_subscription_filter")
        .filter(({ name }) => name === "audit")
        .map(({ filter_pattern, log_group_name }) => [/(\w+?)_Log/.exec(String(log_group_name))?.[1], filter_pattern]),
    );
    const pattern = '{ $.audit.action = "*" }';
    expect(Object.fromEntries(sources)).toEqual({
      InitFunction: pattern,
      ApiFunction: pattern,
      UsersFunction: pattern,
    });
  });
});

it("passes the OpenID provider of the environment to the authorizer", () => {
  const authorizerOf = (chosen: typeof frontend) =>
    resources(chosen, "aws_lambda_function").find(({ function_name }) => String(function_name).endsWith("-authorizer"));
  expect(JSON.stringify(authorizerOf(frontend))).not.toContain("OPEN_ID_CONNECT");
  expect(authorizerOf(stackOf(synthesize(withProvider), "frontend"))?.environment).toMatchObject({
    variables: { OPEN_ID_CONNECT: JSON.stringify(withProvider.openIdConnect) },
  });
});

it("runs the initialization again when a secret or the program changes", () => {
  expect(Object.keys(resource(stack, "aws_lambda_invocation").triggers as object).toSorted()).toEqual([
    "apiKeySecret",
    "clientSecret",
    "program",
    "table",
  ]);
});
