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

const stack = stackOf(synthesize(testEnvironments.prod), "sum");
const withCertificate = stackOf(synthesize(testEnvironments["prod with a domain"]), "sum");
const local = stackOf(synthesize(testEnvironments.local), "sum");

const named = (type: string, name: string, of: SynthesizedStack = stack): Attributes => {
  const found = resources(of, type).find((candidate) => candidate.name === name || candidate.family === name);
  if (!found) throw new Error(`There is no ${type} with the name ${name}.`);
  return found;
};
const policiesOf = (role: RegExp) =>
  resources(stack, "aws_iam_role_policy")
    .filter(({ role: of }) => role.test(String(of)))
    .flatMap(({ policy }) => statements(policy));

describe("the load balancer", () => {
  it("forwards by path, with the adder as the default", () => {
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

  it("serves HTTPS and redirects HTTP when there is a certificate", () => {
    const actions = resources(withCertificate, "aws_lb_listener").map(({ protocol, default_action }) => [
      protocol,
      (default_action as { type: string }[])[0]?.type,
    ]);
    expect(Object.fromEntries(actions)).toEqual({ HTTPS: "forward", HTTP: "redirect" });
    const rules = resources(withCertificate, "aws_lb_listener_rule");
    expect([...new Set(rules.map(({ listener_arn }) => listener_arn))]).toEqual([expect.stringContaining("Https")]);
  });

  it("appends the client address, which the programs rely on, and checks their health", () => {
    expect(resource(stack, "aws_lb")).toMatchObject({ xff_header_processing_mode: "append", internal: false });
    for (const { health_check } of resources(stack, "aws_lb_target_group")) {
      expect(health_check).toMatchObject({ path: "/health", matcher: "200" });
    }
  });
});

describe("the access log of the load balancer", () => {
  const [policy] = resources(stack, "aws_s3_bucket_policy").filter(({ bucket }) =>
    /Balancer_Logs/.test(String(bucket)),
  );

  it("is accepted only for load balancers of this account and region", () => {
    const [delivery] = statements(policy?.policy).filter(({ Effect }) => Effect === "Allow");
    expect(delivery).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/\/AWSLogs\/123456789012\/\*$/),
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/*" } },
    });
  });

  it("has its bucket policy before the load balancer exists, and a bucket with S3 managed keys", () => {
    expect(resource(stack, "aws_lb").depends_on).toEqual([
      expect.stringMatching(/aws_s3_bucket_policy\.Balancer_Logs/),
    ]);
    const [encryption] = resources(stack, "aws_s3_bucket_server_side_encryption_configuration").filter(({ bucket }) =>
      /Balancer_Logs/.test(String(bucket)),
    );
    expect(JSON.stringify(encryption?.rule)).toContain('"sse_algorithm":"AES256"');
  });
});

describe("the adder's instance", () => {
  const userData = Object.values(stack.locals ?? {})
    .map(String)
    .find((text) => text.startsWith("#cloud-config"));
  const config = JSON.parse(String(userData).replace("#cloud-config\n", "")) as {
    write_files: { path: string; content: string }[];
    runcmd: string[][];
  };
  const contentOf = (path: string) => config.write_files.find((file) => file.path === path)?.content ?? "";

  it("downloads its program from a bucket that was encrypted, versioned and private before the upload", () => {
    const { depends_on: dependencies } = resource(stack, "aws_s3_object");
    expect(dependencies).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\.Adder_/),
      expect.stringMatching(/^aws_s3_bucket_versioning\.Adder_/),
      expect.stringMatching(/^aws_s3_bucket_server_side_encryption_configuration\.Adder_/),
    ]);
  });

  it("downloads its program by hash, so that a new program replaces the instance", () => {
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
    expect(contentOf("/etc/adder/environment")).toContain(
      "DATABASE_SECRET_ARN=${data.terraform_remote_state.secrets.outputs.sum_postgres_secret_arn}",
    );
  });

  it("runs the program as a systemd unit with its own user, and forwards its log", () => {
    const unit = contentOf("/etc/systemd/system/adder.service");
    expect(unit).toMatch(/^User=adder$/m);
    expect(unit).toMatch(/^Restart=always$/m);
    const [agent = ""] = config.write_files
      .filter(({ path }) => path.includes("cloudwatch"))
      .map(({ content }) => content);
    expect(JSON.parse(agent).logs.logs_collected.files.collect_list[0].file_path).toBe(/append:(.*)$/m.exec(unit)?.[1]);
    expect(named("aws_cloudwatch_log_group", "/ec2/adder-service")).toMatchObject({ retention_in_days: 14 });
  });

  it("has user data below the limit of EC2", () => {
    expect(Buffer.byteLength(String(userData))).toBeLessThan(12_000); // The limit is 16 KB after resolving references.
  });

  it("may read its program and its secret, write its log and traces, and nothing else", () => {
    expect(policiesOf(/Adder_Machine/).map(({ Action }) => Action)).toEqual([
      "s3:GetObject",
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      "secretsmanager:GetSecretValue",
      "xray:PutTraceSegments",
    ]);
  });
});

describe.each(["display", "reset"])("the %s service", (service) => {
  const container = (of: SynthesizedStack) =>
    JSON.parse(String(named("aws_ecs_task_definition", `nv-demo-${service}`, of).container_definitions))[0];

  it("rolls back a failed deployment, and has a grace period for health checks", () => {
    expect(named("aws_ecs_service", `nv-demo-${service}`)).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      health_check_grace_period_seconds: 60,
      deployment_minimum_healthy_percent: 100,
      network_configuration: { assign_public_ip: false },
    });
  });

  it("runs its image with a read-only root file system, and keeps logs for 14 days", () => {
    expect(container(stack)).toMatchObject({
      image: `\${data.terraform_remote_state.images.outputs.${service}_image}`,
      readonlyRootFilesystem: true,
      user: "node",
    });
    expect(named("aws_cloudwatch_log_group", `/ecs/${service}-service`)).toMatchObject({ retention_in_days: 14 });
  });

  it("verifies the certificate of the database with the authority in the image", () => {
    const variables = (of: SynthesizedStack) =>
      (container(of).environment as { name: string; value: string }[]).map(({ name, value }) => `${name}=${value}`);
    expect(variables(stack)).toEqual(
      expect.arrayContaining(["DATABASE_TLS=verify-full", "NODE_EXTRA_CA_CERTS=/etc/ssl/rds.pem"]),
    );
    expect(variables(local)).toContain("DATABASE_TLS=off");
  });
});

describe("the sign-in", () => {
  const variablesOf = (service: string, of: SynthesizedStack) => {
    const { container_definitions } = named("aws_ecs_task_definition", `nv-demo-${service}`, of);
    const [{ environment }] = JSON.parse(String(container_definitions)) as [{ environment: Attributes[] }];
    return Object.fromEntries(environment.map(({ name, value }) => [name, value]));
  };

  it("is possible with the task role of reset, which may read users and count sign-ins, and with no other", () => {
    expect(policiesOf(/Reset_TaskRole/).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ["secretsmanager:GetSecretValue", expect.stringContaining("sum_postgres_secret_arn")],
      [
        "dynamodb:GetItem",
        [expect.stringContaining("users_table_arn"), expect.stringContaining("credentials_table_arn")],
      ],
      ["dynamodb:UpdateItem", expect.stringContaining("users_table_arn")],
      [["dynamodb:GetItem", "dynamodb:UpdateItem"], expect.stringContaining("sign_ins_table_arn")],
      ["xray:PutTraceSegments", "*"],
    ]);
    expect(policiesOf(/Display_TaskRole/).map(({ Action }) => Action)).toEqual([
      "secretsmanager:GetSecretValue",
      "xray:PutTraceSegments",
    ]);
    expect(JSON.stringify(policiesOf(/Adder_/))).not.toContain("dynamodb");
  });

  it("is configured for reset only", () => {
    const tables = ["USERS_TABLE", "CREDENTIALS_TABLE", "SIGN_INS_TABLE"];
    const names = (service: string) => Object.keys(variablesOf(service, withCertificate));
    expect(names("reset")).toEqual(expect.arrayContaining([...tables, "OPEN_ID_CONNECT", "SIGN_IN_OVER_HTTP"]));
    expect(names("display").filter((name) => /TABLE|OPEN_ID|SIGN_IN/.test(name))).toEqual([]);
    expect(JSON.stringify(stack.locals)).not.toMatch(/USERS_TABLE|SIGN_IN/);
  });

  it("requires HTTPS except on this machine", () => {
    expect(variablesOf("reset", stack).SIGN_IN_OVER_HTTP).toBe("false");
    expect(variablesOf("reset", withCertificate).SIGN_IN_OVER_HTTP).toBe("false");
    expect(variablesOf("reset", local).SIGN_IN_OVER_HTTP).toBe("true");
  });

  it("has audit entries that reach the audit log before the service starts", () => {
    const filter = named("aws_cloudwatch_log_subscription_filter", "audit");
    expect(filter).toMatchObject({
      filter_pattern: '{ $.audit.action = "*" }',
      log_group_name: expect.stringMatching(/aws_cloudwatch_log_group\.Reset_Log/),
      destination_arn: expect.stringContaining("users.outputs.audit_function_arn"),
    });
    expect(resource(stack, "aws_lambda_permission")).toMatchObject({
      statement_id: "AllowLog-nv-demo-reset",
      source_arn: expect.stringMatching(/aws_cloudwatch_log_group\.Reset_Log.*:\*$/),
    });
    expect(named("aws_ecs_service", "nv-demo-reset").depends_on).toContainEqual(
      expect.stringContaining("aws_cloudwatch_log_subscription_filter.Reset_Audit"),
    );
  });

  it("reaches DynamoDB over HTTPS", () => {
    const rules = resources(stack, "aws_vpc_security_group_egress_rule").filter(({ security_group_id }) =>
      String(security_group_id).includes("Reset_SecurityGroup"),
    );
    expect(rules).toContainEqual(expect.objectContaining({ cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 }));
  });
});

describe("the scaling", () => {
  it("runs one to four tasks of the display, at 75 requests per minute and task", () => {
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

  it("is not reverted by Terraform", () => {
    expect(named("aws_ecs_service", "nv-demo-display").lifecycle).toEqual({ ignore_changes: ["desired_count"] });
    expect(named("aws_ecs_service", "nv-demo-reset").lifecycle).toBeUndefined();
  });
});

it("allows the three programs to reach the database", () => {
  const rules = resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ security_group_id }) =>
    String(security_group_id).includes("database_security_group_id"),
  );
  expect(rules.map(({ from_port, description }) => [from_port, description]).toSorted()).toEqual([
    [5432, "SQL: from The adder program"],
    [5432, "SQL: from The display program"],
    [5432, "SQL: from The reset program"],
  ]);
});

it("has alarms on programs that are unhealthy, slow or failing", () => {
  expect(
    resources(stack, "aws_cloudwatch_metric_alarm")
      .map(({ alarm_name }) => alarm_name)
      .toSorted(),
  ).toEqual([
    ...["adder", "display", "reset"].flatMap((program) =>
      ["errors-metric", "gone", "slow"].map((suffix) => `nv-demo-${program}-${suffix}`),
    ),
    "nv-demo-sum-balancer-errors-metric",
  ]);
  const composites = resources(stack, "aws_cloudwatch_composite_alarm");
  const suppressors = composites.map(({ alarm_name, actions_suppressor }) => [
    alarm_name,
    (actions_suppressor as { readonly alarm: string }).alarm,
  ]);
  const databaseGone = "${data.terraform_remote_state.monitoring.outputs.database_gone_alarm}";
  expect(Object.fromEntries(suppressors)).toEqual({
    "nv-demo-adder-errors": databaseGone,
    "nv-demo-display-errors": databaseGone,
    "nv-demo-reset-errors": databaseGone,
    "nv-demo-sum-balancer-errors": "nv-demo-adder-gone",
  });
});
