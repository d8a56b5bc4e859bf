import { describe, expect, it } from "vitest";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withCertificate } = testEnvironments;
if (!prod || !withCertificate) throw new Error("an environment is missing");
const stack = stackOf(synthesize(prod), "shout");
const secure = stackOf(synthesize(withCertificate), "shout");

describe("the load balancer", () => {
  it("is in public subnets, and the function behind it in private ones", () => {
    expect(resource(stack, "aws_lb")).toMatchObject({
      internal: false,
      subnets: "${data.terraform_remote_state.vpc.outputs.public_subnet_ids}",
    });
    expect(resource(stack, "aws_lambda_function").vpc_config).toMatchObject({
      subnet_ids: "${data.terraform_remote_state.vpc.outputs.private_subnet_ids}",
    });
  });

  it("may be the only one to call the function, and is let in before the function becomes its target", () => {
    expect(resource(stack, "aws_lambda_permission")).toMatchObject({
      principal: "elasticloadbalancing.amazonaws.com",
      source_arn: "${aws_lb_target_group.Targets.arn}",
    });
    expect(resource(stack, "aws_lb_target_group_attachment").depends_on).toEqual(["aws_lambda_permission.Invoke"]);
  });

  it("checks the function's health, which asks nobody else", () => {
    expect(resource(stack, "aws_lb_target_group")).toMatchObject({
      target_type: "lambda",
      health_check: { enabled: true, path: "/health" },
    });
  });

  it("answers by HTTPS when there is a certificate, and plain HTTP leads there", () => {
    expect(resource(stack, "aws_lb_listener")).toMatchObject({
      protocol: "HTTP",
      default_action: [{ type: "forward" }],
    });
    const actions = resources(secure, "aws_lb_listener").map(({ protocol, default_action }) => [
      protocol,
      (default_action as { type: string }[])[0]?.type,
    ]);
    expect(Object.fromEntries(actions)).toEqual({ HTTPS: "forward", HTTP: "redirect" });
    expect(secure.output?.url?.value).toMatch(/^https:/);
  });
});

describe("the function", () => {
  it("has the time that two tries of SHOUTCLOUD take, and less than the load balancer waits", () => {
    const { timeout } = resource(stack, "aws_lambda_function");
    expect(timeout).toBeGreaterThan(2 * 4);
    expect(timeout).toBeLessThan(Number(resource(stack, "aws_lb").idle_timeout));
  });

  it("reaches SHOUTCLOUD's port, and may do nothing in the account", () => {
    expect(resource(stack, "aws_vpc_security_group_egress_rule")).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
      from_port: 80,
      to_port: 80,
    });
    const allowed = statements(resource(stack, "aws_iam_role_policy").policy)
      .filter(({ Effect }) => Effect === "Allow")
      .map(({ Sid }) => Sid);
    expect(allowed).toEqual(["WriteLog", "WriteTrace", "AttachToVpc"]);
  });
});

it("rings when it fails, when SHOUTCLOUD does, and when it is slow", () => {
  const alarms = resources(stack, "aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name);
  expect(alarms.toSorted()).toEqual(
    ["errors", "throttles", "balancer-errors", "upstream-errors", "slow"]
      .map((what) => `nv-demo-shout-${what}`)
      .toSorted(),
  );
});
