import { describe, expect, it } from "vitest";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withCertificate } = testEnvironments;
const stack = stackOf(synthesize(prod), "shout");
const secure = stackOf(synthesize(withCertificate), "shout");

describe("the load balancer", () => {
  it("is in public subnets, and its function in private subnets", () => {
    expect(resource(stack, "aws_lb")).toMatchObject({
      internal: false,
      subnets: "${data.terraform_remote_state.vpc.outputs.public_subnet_ids}",
    });
    expect(resource(stack, "aws_lambda_function").vpc_config).toMatchObject({
      subnet_ids: "${data.terraform_remote_state.vpc.outputs.private_subnet_ids}",
    });
  });

  it("is the only principal that may invoke the function, which is registered after the permission exists", () => {
    expect(resource(stack, "aws_lambda_permission")).toMatchObject({
      principal: "elasticloadbalancing.amazonaws.com",
      source_arn: "${aws_lb_target_group.Targets.arn}",
    });
    expect(resource(stack, "aws_lb_target_group_attachment").depends_on).toEqual(["aws_lambda_permission.Invoke"]);
  });

  it("checks the health of the function", () => {
    expect(resource(stack, "aws_lb_target_group")).toMatchObject({
      target_type: "lambda",
      health_check: { enabled: true, path: "/health" },
    });
  });

  it("serves HTTPS and redirects HTTP when there is a certificate", () => {
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
  it("has a timeout above two attempts on SHOUTCLOUD and below the idle timeout of the load balancer", () => {
    const { timeout } = resource(stack, "aws_lambda_function");
    expect(timeout).toBeGreaterThan(2 * 4);
    expect(timeout).toBeLessThan(Number(resource(stack, "aws_lb").idle_timeout));
  });

  it("reaches the port of SHOUTCLOUD and has no permissions in the account", () => {
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

it("has alarms on its errors, upstream errors and latency", () => {
  const alarms = resources(stack, "aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name);
  expect(alarms.toSorted()).toEqual(
    ["errors", "throttles", "balancer-errors", "upstream-errors", "slow-metric"]
      .map((suffix) => `nv-demo-shout-${suffix}`)
      .toSorted(),
  );
  expect(resource(stack, "aws_cloudwatch_composite_alarm")).toMatchObject({
    alarm_name: "nv-demo-shout-slow",
    alarm_rule: 'ALARM("nv-demo-shout-slow-metric")',
    actions_suppressor: { alarm: "nv-demo-shout-upstream-errors" },
  });
});
