import { describe, expect, it } from "vitest";
import { parseAlarmDescription } from "../lib/alarms/alarm-description.ts";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const stack = stackOf(synthesize(testEnvironments.prod), "monitoring");

describe("the canary", () => {
  it("runs daily at noon with the API key's secret", () => {
    expect(resource(stack, "aws_synthetics_canary")).toMatchObject({
      name: "nv-demo-canary",
      schedule: { expression: "cron(0 12 * * ? *)" },
      start_canary: true,
      run_config: {
        active_tracing: true,
        environment_variables: {
          API_URL: "${data.terraform_remote_state.frontend.outputs.api_url}",
          API_KEY_SECRET_ARN: "${data.terraform_remote_state.client_api_key.outputs.api_key_secret_arn}",
        },
      },
    });
  });

  it("may write its runs, logs, traces and metrics, and read one secret", () => {
    const actions = statements(resource(stack, "aws_iam_role_policy").policy).flatMap(({ Action }) => Action);
    expect(actions.toSorted()).toEqual([
      "cloudwatch:PutMetricData",
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetBucketLocation",
      "s3:ListAllMyBuckets",
      "s3:PutObject",
      "secretsmanager:GetSecretValue",
      "xray:PutTraceSegments",
    ]);
  });
});

describe("the alarms", () => {
  const alarms = resources(stack, "aws_cloudwatch_metric_alarm");
  const composites = resources(stack, "aws_cloudwatch_composite_alarm");
  const isInComposite = ({ alarm_name }: { readonly alarm_name?: unknown }) =>
    composites.some(({ alarm_rule }) => String(alarm_rule).includes(`"${alarm_name}"`));

  it("cover the metrics that the contract requires", () => {
    expect(alarms.map(({ namespace, metric_name }) => `${namespace} ${metric_name}`).toSorted()).toEqual([
      "AWS/ApiGateway 5xx",
      "AWS/ApiGateway Latency",
      "AWS/ElastiCache CurrConnections",
      "AWS/ElastiCache DatabaseMemoryUsagePercentage",
      "AWS/ElastiCache EngineCPUUtilization",
      "AWS/ElastiCache Evictions",
      "AWS/Firehose DeliveryToS3.DataFreshness",
      ...Array.from({ length: 11 }, () => "AWS/Lambda Errors"),
      "AWS/Lambda Invocations",
      ...Array.from({ length: 11 }, () => "AWS/Lambda Throttles"),
      "AWS/RDS CPUUtilization",
      "AWS/RDS DatabaseConnections",
      "AWS/RDS FreeStorageSpace",
      "AWS/RDS FreeStorageSpace",
      "AWS/SQS ApproximateAgeOfOldestMessage",
      "AWS/SQS ApproximateNumberOfMessagesVisible",
      "CloudWatchSynthetics SuccessPercent",
    ]);
  });

  it("notify the topic of all alarms when they start and when they end", () => {
    const topic = "arn:aws:sns:us-east-1:123456789012:nv-demo-notifications";
    for (const { alarm_actions, ok_actions } of [...alarms, ...composites].filter((alarm) => !isInComposite(alarm))) {
      expect(alarm_actions).toEqual([topic]);
      expect(ok_actions).toEqual([topic]);
    }
  });

  it("of effects of a stopped database notify nobody while the alarm on the database is active", () => {
    expect(composites.map(({ alarm_name }) => alarm_name).toSorted()).toEqual([
      "nv-demo-api-server-errors",
      "nv-demo-canary-failed",
      "nv-demo-events-late",
      "nv-demo-postgres-update-errors",
      "nv-demo-reconcile-errors",
    ]);
    for (const { alarm_name, alarm_rule, actions_suppressor, depends_on } of composites) {
      expect(alarm_rule).toBe(`ALARM("${alarm_name}-metric")`);
      expect(actions_suppressor).toEqual({ alarm: "nv-demo-database-gone", wait_period: 240, extension_period: 360 });
      expect(depends_on).toEqual([
        expect.stringMatching(/^aws_cloudwatch_metric_alarm\./),
        expect.stringMatching(/^aws_cloudwatch_metric_alarm\.Alarms_DatabaseGone_/),
      ]);
      const metricAlarm = alarms.find((alarm) => alarm.alarm_name === `${alarm_name}-metric`);
      expect(metricAlarm).toMatchObject({ actions_enabled: true });
      expect([metricAlarm?.alarm_actions, metricAlarm?.ok_actions]).toEqual([undefined, undefined]);
    }
  });

  it("are at most ten in an environment without the part alarms, because these are free", () => {
    const { stacks } = synthesize(testEnvironments.dev);
    const free = Object.values(stacks).flatMap((one) => resources(one, "aws_cloudwatch_metric_alarm"));
    expect(free.map(({ alarm_name }) => String(alarm_name).replace("nv-demo-dev-", "")).toSorted()).toEqual([
      "api-server-errors",
      "canary-failed",
      "database-full",
      "database-gone",
      "dead-letters",
      "events-late",
      "hello-live-server-errors",
      "releases-dev-errors",
      "releases-live-errors",
      "releases-test-errors",
    ]);
    for (const { alarm_actions } of free) {
      expect(alarm_actions).toContain("arn:aws:sns:us-east-1:123456789012:nv-demo-dev-notifications");
    }
  });

  it("have their severity in the description", () => {
    const severities = alarms.map(({ alarm_description }) => parseAlarmDescription(String(alarm_description)).severity);
    expect(severities.filter((severity) => severity === "critical").length).toBeGreaterThan(3);
    expect(severities.filter((severity) => severity === "warning").length).toBeGreaterThan(3);
    for (const { alarm_description } of alarms) expect(alarm_description).toMatch(/\nSeverity: (critical|warning)/);
  });

  it("use an extended statistic for percentiles, and treat missing data of the canary as a failure", () => {
    const slow = alarms.find(({ metric_name }) => metric_name === "Latency");
    expect(slow).toMatchObject({ extended_statistic: "p99" });
    expect(slow?.statistic).toBeUndefined();
    expect(alarms.find(({ metric_name }) => metric_name === "SuccessPercent")?.treat_missing_data).toBe("breaching");
  });
});
