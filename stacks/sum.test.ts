import { describe, expect, it } from "vitest";
import {
  type Attributes,
  resource,
  resources,
  type SynthesizedStack,
  stackOf,
  statements,
  synthesize,
  testEnvironments,
} from "./testing/synthesize.ts";

const { prod, local, "prod with a domain": withCertificate } = testEnvironments;
if (!prod || !local || !withCertificate) throw new Error("an environment is missing");
const stack = stackOf(synthesize(prod), "sum");
const secure = stackOf(synthesize(withCertificate), "sum");
const onThisMachine = stackOf(synthesize(local), "sum");

const named = (type: string, name: string, of: SynthesizedStack = stack): Attributes => {
  const found = resources(of, type).find((one) => one.name === name || one.family === name || one.name_prefix === name);
  if (!found) throw new Error(`no ${type} of the name ${name}`);
  return found;
};
const policiesOf = (role: RegExp) =>
  resources(stack, "aws_iam_role_policy")
    .filter(({ role: of }) => role.test(String(of)))
    .flatMap(({ policy }) => statements(policy));

describe("the load balancer", () => {
  it("leads by path, in the order of the contract, and else to the adder", () => {
    const rules = resources(stack, "aws_lb_listener_rule").map(({ priority, condition, action }) => [
      priority,
      (condition as { path_pattern: { values: string[] } }[])[0]?.path_pattern.values,
      /aws_lb_target_group\.(\w+?)_?Targets/.exec(JSON.stringify(action))?.[1],
    ]);
    expect(Object.fromEntries(rules.map(([priority, ...rest]) => [priority, rest]))).toEqual({
      100: [["/add*"], "Adder"],
      110: [["/display*"], "Display"],
      120: [["/reset*"], "Reset"],
    });
    expect(JSON.stringify(resource(stack, "aws_lb_listener").default_action)).toContain("AdderTargets");
  });

  it("answers by HTTPS when there is a certificate, and plain HTTP leads there", () => {
    const actions = resources(secure, "aws_lb_listener").map(({ protocol, default_action }) => [
      protocol,
      (default_action as { type: string }[])[0]?.type,
    ]);
    expect(Object.fromEntries(actions)).toEqual({ HTTPS: "forward", HTTP: "redirect" });
    const listeners = new Set(resources(secure, "aws_lb_listener_rule").map(({ listener_arn }) => listener_arn));
    expect([...listeners]).toEqual([expect.stringContaining("Https")]);
  });

  it("appends the client's address, which the programs rely on, and asks their health", () => {
    expect(resource(stack, "aws_lb")).toMatchObject({ xff_header_processing_mode: "append", internal: false });
    for (const { health_check } of resources(stack, "aws_lb_target_group")) {
      expect(health_check).toMatchObject({ path: "/health", matcher: "200" });
    }
  });
});

describe("the load balancer's log", () => {
  const [policy] = resources(stack, "aws_s3_bucket_policy").filter(({ bucket }) =>
    /Balancer_Logs/.test(String(bucket)),
  );

  it("is delivered on this load balancer's behalf, where and as AWS delivers it", () => {
    const [delivery] = statements(policy?.policy).filter(({ Effect }) => Effect === "Allow");
    expect(delivery).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/\/AWSLogs\/123456789012\/\*$/),
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/*" } },
    });
  });

  it("is allowed before the load balancer tries to write it, in a bucket that it can write to", () => {
    expect(resource(stack, "aws_lb").depends_on).toEqual([
      expect.stringMatching(/aws_s3_bucket_policy\.Balancer_Logs/),
    ]);
    const [encryption] = resources(stack, "aws_s3_bucket_server_side_encryption_configuration").filter(({ bucket }) =>
      /Balancer_Logs/.test(String(bucket)),
    );
    expect(JSON.stringify(encryption?.rule)).toContain('"sse_algorithm":"AES256"');
  });
});

describe("the adder's machine", () => {
  const userData = Object.values(stack.locals ?? {})
    .map(String)
    .find((text) => text.startsWith("#cloud-config"));
  const config = JSON.parse(String(userData).replace("#cloud-config\n", "")) as {
    write_files: { path: string; content: string }[];
    runcmd: string[][];
  };
  const file = (path: string) => config.write_files.find((one) => one.path === path)?.content ?? "";

  it("finds its program in a bucket that was encrypted, versioned and closed before", () => {
    const { depends_on: before } = resource(stack, "aws_s3_object");
    expect(before).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\.Adder_/),
      expect.stringMatching(/^aws_s3_bucket_versioning\.Adder_/),
      expect.stringMatching(/^aws_s3_bucket_server_side_encryption_configuration\.Adder_/),
    ]);
  });

  it("gets its program by its hash, so that a new program makes a new machine", () => {
    const key = String(resource(stack, "aws_s3_object").key);
    expect(key).toMatch(/^adder\/[0-9a-f]{64}\.zip$/);
    const download = config.runcmd.find((command) => command.includes("cp"));
    expect(download?.[3]).toContain("aws_s3_object.");
    expect(resource(stack, "aws_launch_template").user_data).toMatch(/^\$\{base64encode\(local\./);
    expect(resource(stack, "aws_autoscaling_group").instance_refresh).toMatchObject({
      strategy: "Rolling",
      preferences: { min_healthy_percentage: 100 },
    });
  });

  it("has no secret in its user data", () => {
    expect(userData).not.toMatch(/password|secret_string|random_password/i);
    expect(file("/etc/adder/environment")).toContain(
      "DATABASE_SECRET_ARN=${data.terraform_remote_state.secrets.outputs.sum_postgres_secret_arn}",
    );
  });

  it("runs the program as a unit of its own user, and carries its log to its group", () => {
    const unit = file("/etc/systemd/system/adder.service");
    expect(unit).toMatch(/^User=adder$/m);
    expect(unit).toMatch(/^Restart=always$/m);
    const [agent = ""] = config.write_files
      .filter(({ path }) => path.includes("cloudwatch"))
      .map(({ content }) => content);
    expect(JSON.parse(agent).logs.logs_collected.files.collect_list[0].file_path).toBe(/append:(.*)$/m.exec(unit)?.[1]);
    expect(named("aws_cloudwatch_log_group", "/ec2/adder-service")).toMatchObject({ retention_in_days: 14 });
  });

  it("fits what EC2 takes", () => {
    expect(Buffer.byteLength(String(userData))).toBeLessThan(12_000); // 16 KB, with ARNs in the place of references
  });

  it("may read its program and its secret, write its log, and nothing else", () => {
    expect(policiesOf(/Adder_Machine/).map(({ Action }) => Action)).toEqual([
      "s3:GetObject",
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      "secretsmanager:GetSecretValue",
    ]);
  });
});

describe.each(["display", "reset"])("the %s service", (service) => {
  const container = (of: SynthesizedStack) =>
    JSON.parse(String(named("aws_ecs_task_definition", `nv-demo-${service}`, of).container_definitions))[0];

  it("is taken back when it does not come up, and has time to", () => {
    expect(named("aws_ecs_service", `nv-demo-${service}`)).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      health_check_grace_period_seconds: 60,
      deployment_minimum_healthy_percent: 100,
      network_configuration: { assign_public_ip: false },
    });
  });

  it("runs the image of its program without the right to write, and logs for 14 days", () => {
    expect(container(stack)).toMatchObject({
      image: `\${data.terraform_remote_state.images.outputs.${service}_image}`,
      readonlyRootFilesystem: true,
      user: "node",
    });
    expect(named("aws_cloudwatch_log_group", `/ecs/${service}-service`)).toMatchObject({ retention_in_days: 14 });
  });

  it("trusts the database's certificate by the image's own copy", () => {
    const variables = (of: SynthesizedStack) =>
      (container(of).environment as { name: string; value: string }[]).map(({ name, value }) => `${name}=${value}`);
    expect(variables(stack)).toEqual(
      expect.arrayContaining(["DATABASE_TLS=verify-full", "NODE_EXTRA_CA_CERTS=/etc/ssl/rds.pem"]),
    );
    expect(variables(onThisMachine)).toContain("DATABASE_TLS=off");
  });

  it("may read its secret and nothing else; starting it is another role's", () => {
    const name = service === "display" ? "Display" : "Reset";
    expect(policiesOf(new RegExp(`${name}_TaskRole`)).map(({ Action }) => Action)).toEqual([
      "secretsmanager:GetSecretValue",
    ]);
  });
});

describe("the scaling", () => {
  it("keeps one to four copies of the display, at 75 requests a minute each", () => {
    expect(resource(stack, "aws_appautoscaling_target")).toMatchObject({
      resource_id: "service/nv-demo-sum/nv-demo-display",
      min_capacity: 1,
      max_capacity: 4,
    });
    expect(resource(stack, "aws_appautoscaling_policy").target_tracking_scaling_policy_configuration).toMatchObject({
      target_value: 75,
      scale_in_cooldown: 300,
      scale_out_cooldown: 300,
      predefined_metric_specification: { predefined_metric_type: "ALBRequestCountPerTarget" },
    });
  });

  it("is not undone when the stack is applied again", () => {
    expect(named("aws_ecs_service", "nv-demo-display").lifecycle).toEqual({ ignore_changes: ["desired_count"] });
    expect(named("aws_ecs_service", "nv-demo-reset").lifecycle).toBeUndefined();
  });
});

it("lets only the three programs and the migrations reach the database", () => {
  const rules = resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ security_group_id }) =>
    String(security_group_id).includes("database_security_group_id"),
  );
  expect(rules.map(({ from_port, description }) => [from_port, description]).toSorted()).toEqual([
    [5432, "SQL: from The adder program"],
    [5432, "SQL: from The display program"],
    [5432, "SQL: from The reset program"],
  ]);
});

it("alarms when a program is gone, slow or failing", () => {
  expect(
    resources(stack, "aws_cloudwatch_metric_alarm")
      .map(({ alarm_name }) => alarm_name)
      .toSorted(),
  ).toEqual([
    ...["adder", "display", "reset"].flatMap((program) =>
      ["errors", "gone", "slow"].map((what) => `nv-demo-${program}-${what}`),
    ),
    "nv-demo-sum-balancer-errors",
  ]);
});
