import { isAllowed } from "@nv-demo/local-aws/iam";
import { describe, expect, it } from "vitest";
import type { ArnScope } from "./delivery/actions/service-actions.ts";
import { deliveryRoleNames } from "./delivery/role-names.ts";
import { ROLE_TYPES } from "./delivery/role-statements.ts";
import { areas } from "./delivery.ts";
import { resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const all = Object.values(testEnvironments).map((environment) => synthesize(environment));
const production = synthesize(testEnvironments["prod with a domain"]);
const delivery = stackOf(production, "delivery");
const ACCOUNT = "123456789012";
const arnScope: ArnScope = { accountId: ACCOUNT, region: "us-east-1", prefix: "nv-demo", emptiesBuckets: false };

const policyNamed = (name: string): string => {
  const policy = resources(delivery, "aws_iam_policy").find((candidate) => candidate.name === `nv-demo-${name}`);
  if (!policy) throw new Error(`There is no policy "${name}".`);
  return String(policy.policy);
};

/** The inline and managed policies of a delivery role. */
function policiesOf(roleName: string): string[] {
  const [reference] = Object.entries(delivery.resource.aws_iam_role ?? {})
    .filter(([, { name }]) => name === `nv-demo-delivery-${roleName}`)
    .map(([id]) => `\${aws_iam_role.${id}.name}`);
  const of = (type: string) => resources(delivery, type).filter(({ role }) => role === reference);
  const attached = of("aws_iam_role_policy_attachment").map(({ policy_arn: arn }) => {
    const [, id = ""] = /aws_iam_policy\.([\w-]+)\.arn/.exec(String(arn)) ?? [];
    return String(delivery.resource.aws_iam_policy?.[id]?.policy);
  });
  return [...of("aws_iam_role_policy").map(({ policy }) => String(policy)), ...attached];
}

/** Whether the policies of a role and its permissions boundary allow an action. */
const may = (role: string, action: string, resource: string): boolean =>
  isAllowed(policiesOf(role), action, resource) && isAllowed([policyNamed("delivery-boundary")], action, resource);

describe("the actions of Terraform", () => {
  const used = new Set(
    all.flatMap(({ stacks }) => Object.values(stacks).flatMap(({ resource }) => Object.keys(resource))),
  );
  const covered = [
    ...areas.flatMap((area) => area.services(arnScope).flatMap(({ resourceTypes }) => resourceTypes)),
    ...ROLE_TYPES,
  ];

  it("cover exactly the resource types in the stacks", () => {
    expect(covered.toSorted()).toEqual([...used].toSorted());
  });

  it("have a service prefix and no duplicates", () => {
    for (const { read, write } of areas.flatMap((area) => area.services(arnScope))) {
      expect(new Set([...read, ...write]).size).toBe(read.length + write.length);
      for (const action of [...read, ...write]) expect(action).toMatch(/^[a-z][a-z0-9-]*:[A-Z]\w+$/);
    }
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
describe("the quotas of IAM", () => {
  it("are not exceeded by the size of any policy", () => {
    for (const { name, policy } of resources(delivery, "aws_iam_policy")) {
      expect(String(policy).length, String(name)).toBeLessThanOrEqual(6_144);
    }
    for (const { policy } of resources(delivery, "aws_iam_role_policy")) {
      expect(String(policy).length).toBeLessThanOrEqual(10_240);
    }
  });

  it("are not exceeded by the number of policies of any role", () => {
    for (const name of deliveryRoleNames) expect(policiesOf(name).length - 1, name).toBeLessThanOrEqual(10);
  });
});

describe("the workload boundary", () => {
  it("is the permissions boundary of every role except the delivery roles, which have their own", () => {
    for (const { stacks } of all) {
      const { delivery: deliveryStack, ...others } = stacks;
      if (!deliveryStack) throw new Error('There is no stack "delivery".');
      const [boundary] = resources(deliveryStack, "aws_iam_policy").filter(({ name }) =>
        /-workload-boundary$/.test(String(name)),
      );
      const roles = Object.values(others).flatMap((stack) => resources(stack, "aws_iam_role"));
      expect(roles.length).toBeGreaterThan(5);
      for (const role of roles) {
        expect(role.permissions_boundary).toMatch(
          new RegExp(`^arn:aws:iam::\\d{12}:policy/${String(boundary?.name)}$`),
        );
      }
      for (const role of resources(deliveryStack, "aws_iam_role")) {
        expect(role.permissions_boundary).toBe(`\${aws_iam_policy.DeliveryBoundary.arn}`);
      }
    }
  });

  it("is created before the stacks with roles", () => {
    const names = Object.entries(production.stacks)
      .filter(([name, stack]) => name !== "delivery" && stack.resource.aws_iam_role)
      .map(([name]) => name);
    for (const name of names) expect(production.dependencies[name]).toContain("delivery");
  });

  const boundary = policyNamed("workload-boundary");
  const boundaryActions = statements(boundary)
    .filter(({ Effect }) => Effect === "Allow")
    .map(({ Action }) => ({ Effect: "Allow", Action, Resource: "*" }));
  const granted = Object.entries(production.stacks)
    .filter(([name]) => name !== "delivery")
    .flatMap(([, stack]) => resources(stack, "aws_iam_role_policy"))
    .flatMap(({ policy }) => statements(policy))
    .filter(({ Effect }) => Effect === "Allow");

  it("allows everything that the policies of the programs allow", () => {
    expect(granted.length).toBeGreaterThan(30);
    for (const { Action, Resource } of granted) {
      for (const action of [Action].flat().map(String)) {
        expect(isAllowed([JSON.stringify({ Statement: boundaryActions })], action, "*"), action).toBe(true);
        for (const resource of [Resource]
          .flat()
          .map(String)
          .filter((arn) => !arn.includes("${"))) {
          expect(isAllowed([boundary], action, resource), `${action} on ${resource}`).toBe(true);
        }
      }
    }
  });

  it.each([
    ["iam:CreateRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-new`],
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-api`],
    ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-apply`],
    ["s3:GetObject", "arn:aws:s3:::nv-demo-state-123456789012/prod/vpc.tfstate"],
    ["s3:GetObject", "arn:aws:s3:::somebody-elses/key"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::nv-demo-storage-123456789012"],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:other-AbCdEf`],
    ["secretsmanager:PutSecretValue", `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:nv-demo-client-AbCdEf`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nv-demo-api`],
    ["dynamodb:DeleteTable", `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/nv-demo-releases`],
    ["ec2:RunInstances", `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/*`],
  ])("denies %s on %s", (action, resource) => {
    expect(isAllowed([boundary], action, resource)).toBe(false);
  });
});

const secret = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:nv-demo-client-AbCdEf`;
const state = "arn:aws:s3:::nv-demo-state-123456789012";
const artifacts = "arn:aws:s3:::nv-demo-artifacts-123456789012";

describe.each(["review", "plan"])("the role %s", (role) => {
  it("may read all deployed resources and lock states", () => {
    expect(may(role, "s3:GetObject", `${state}/prod/vpc.tfstate`)).toBe(true);
    expect(may(role, "s3:PutObject", `${state}/prod/vpc.tfstate.tflock`)).toBe(true);
    expect(may(role, "ec2:DescribeVpcs", "*")).toBe(true);
    expect(may(role, "lambda:GetFunction", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nv-demo-api`)).toBe(true);
    expect(may(role, "iam:GetRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-apply`)).toBe(true);
  });

  it("may not change resources", () => {
    const changing = policiesOf(role)
      .flatMap(statements)
      .flatMap(({ Sid, Action }) => [Action].flat().map((action) => [String(Sid), String(action)] as const))
      .filter(([, action]) => !/^[\w-]+:(Get|Describe|List)|^apigateway:GET$|^budgets:ViewBudget$/.test(action))
      .map(([sid, action]) => `${sid} ${action}`);
    const plans = role === "plan" ? ["WritePlans s3:PutObject"] : [];
    expect(changing.toSorted()).toEqual(["LockStates s3:DeleteObject", "LockStates s3:PutObject", ...plans]);
    expect(may(role, "s3:PutObject", `${state}/prod/vpc.tfstate`)).toBe(false);
  });

  it("may not read data: secrets, files, items, messages or logs", () => {
    expect(may(role, "secretsmanager:GetSecretValue", secret)).toBe(false);
    expect(may(role, "s3:GetObject", "arn:aws:s3:::nv-demo-storage-123456789012/key")).toBe(false);
    expect(may(role, "s3:GetObject", `${state}/dev/vpc.tfstate`)).toBe(false);
    expect(may(role, "dynamodb:GetItem", `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/nv-demo-hello-live`)).toBe(false);
    expect(may(role, "sqs:ReceiveMessage", `arn:aws:sqs:us-east-1:${ACCOUNT}:nv-demo-events`)).toBe(false);
    expect(may(role, "logs:GetLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/x:*`)).toBe(false);
  });
});

it("allows only the role plan to store plans for approval", () => {
  expect(may("plan", "s3:PutObject", `${artifacts}/plans/1/plan.json`)).toBe(true);
  expect(may("review", "s3:PutObject", `${artifacts}/plans/1/plan.json`)).toBe(false);
  expect(may("apply", "s3:PutObject", `${artifacts}/plans/1/plan.json`)).toBe(false);
});

describe("the role apply", () => {
  it.each([
    ["s3:PutObject", `${state}/prod/vpc.tfstate`],
    ["s3:GetObject", `${artifacts}/plans/1/plan.json`],
    ["ec2:CreateVpc", `arn:aws:ec2:us-east-1:${ACCOUNT}:vpc/*`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nv-demo-api`],
    ["iam:CreateRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-api`],
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-api`],
  ])("may %s on %s", (action, resource) => {
    expect(may("apply", action, resource)).toBe(true);
  });

  it.each([
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-apply`],
    ["iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-review`],
    ["iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-apply`],
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-apply`],
    ["iam:DeleteRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-delivery-plan`],
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${ACCOUNT}:role/nv-demo-dev-delivery-apply`],
    ["iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/nv-demo-workload-boundary`],
    ["iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/nv-demo-delivery-boundary`],
    ["iam:DeleteRolePermissionsBoundary", `arn:aws:iam::${ACCOUNT}:role/nv-demo-api`],
    ["iam:CreateOpenIDConnectProvider", `arn:aws:iam::${ACCOUNT}:oidc-provider/evil.example`],
    ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/nv-demo-mallory`],
    ["iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/admin`],
    ["iam:CreateRole", `arn:aws:iam::${ACCOUNT}:role/other`],
    ["s3:PutObject", `${state}/prod/delivery.tfstate`],
    ["s3:PutObject", `${state}/prod/state-bucket.tfstate`],
    ["s3:PutObject", `${state}/dev/vpc.tfstate`],
    ["s3:DeleteObjectVersion", `${state}/prod/vpc.tfstate`],
    ["s3:DeleteBucket", state],
    ["s3:PutBucketVersioning", state],
    ["s3:PutBucketPolicy", artifacts],
    ["secretsmanager:GetSecretValue", secret],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:somebody-elses`],
    ["organizations:LeaveOrganization", "*"],
    ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/nv-demo-api`],
  ])("may not %s on %s", (action, resource) => {
    expect(may("apply", action, resource)).toBe(false);
  });

  it("may create roles only with the permissions boundary", () => {
    const boundary = { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/nv-demo-workload-boundary` };
    const creating = policiesOf("apply")
      .flatMap(statements)
      .filter(({ Action }) => [Action].flat().some((action) => /^iam:(Create|Put|Attach)Role/.test(String(action))));
    expect(creating.length).toBeGreaterThan(0);
    for (const { Condition } of creating) expect(Condition).toMatchObject({ StringEquals: boundary });
    expect(statements(policyNamed("delivery-boundary"))).toContainEqual({
      Sid: "RequirePermissionsBoundary",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      Resource: "*",
      Condition: { StringNotEquals: boundary },
    });
  });
});

it("allows the roles images and release only to push images and to update the stages", () => {
  const repository = `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/nv-demo-display`;
  expect(may("images", "ecr:PutImage", repository)).toBe(true);
  expect(may("images", "ecr:BatchDeleteImage", repository)).toBe(false);
  expect(may("images", "ecs:UpdateService", "*")).toBe(false);
  const released = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nv-demo-build-info`;
  expect(may("release", "lambda:UpdateAlias", `${released}:live`)).toBe(true);
  expect(may("release", "lambda:UpdateFunctionCode", released)).toBe(false);
  expect(may("release", "lambda:UpdateAlias", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nv-demo-api`)).toBe(false);
});

it("creates the workload boundary only, without a repository", () => {
  const stack = stackOf(synthesize(testEnvironments.prod), "delivery");
  expect(Object.keys(stack.resource)).toEqual(["aws_iam_policy"]);
  expect(resources(stack, "aws_iam_policy").map(({ name }) => name)).toEqual(["nv-demo-workload-boundary"]);
});

it("allows emptying buckets only where data is deleted on destroy", () => {
  const emptying = (emptiesBuckets: boolean) =>
    areas.flatMap((area) => area.services({ ...arnScope, emptiesBuckets }).flatMap(({ write }) => write));
  expect(emptying(true)).toContain("s3:ListBucketVersions");
  expect(emptying(false)).not.toContain("s3:ListBucketVersions");
});
