import { describe, expect, it } from "vitest";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { local, dev, prod, "prod with a domain": withEmail } = testEnvironments;
const synthesized = synthesize(prod);
const stack = stackOf(synthesized, "notifications");

describe("the topic", () => {
  it("accepts alarms and notices of this account only, encrypted with a key that both services may use", () => {
    expect(resource(stack, "aws_sns_topic").name).toBe("nv-demo-notifications");
    const publishers = statements(resource(stack, "aws_sns_topic_policy").policy).filter(
      ({ Effect }) => Effect === "Allow",
    );
    expect(publishers.map(({ Principal, Condition }) => [Principal, Condition])).toEqual([
      [{ Service: "cloudwatch.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "123456789012" } }],
      [
        { Service: "budgets.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:budgets::123456789012:*" },
        },
      ],
      [{ Service: "costalerts.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "123456789012" } }],
    ]);
    const keyUsers = statements(resource(stack, "aws_kms_key").policy).map(({ Principal }) => Principal);
    expect(keyUsers).toContainEqual({ Service: "cloudwatch.amazonaws.com" });
    expect(keyUsers).toContainEqual({ Service: "budgets.amazonaws.com" });
    expect(keyUsers).toContainEqual({ Service: "costalerts.amazonaws.com" });
  });

  it("receives notices of the budget, after its policy allows that, where there is one", () => {
    const budget = resource(stack, "aws_budgets_budget");
    expect(budget).toMatchObject({ limit_amount: "350", limit_unit: "USD", time_unit: "MONTHLY", budget_type: "COST" });
    expect(budget.depends_on).toEqual([expect.stringContaining("aws_sns_topic_policy.Alarm_Policy")]);
    const notifications = budget.notification as { notification_type: string; threshold: number }[];
    expect(notifications.map(({ notification_type, threshold }) => [notification_type, threshold])).toEqual([
      ["ACTUAL", 80],
      ["ACTUAL", 100],
      ["FORECASTED", 100],
    ]);
    expect(resources(stackOf(synthesize(local), "notifications"), "aws_budgets_budget")).toEqual([]);
  });

  it("receives unusual costs from a tenth of the budget on, of the monitor that the account has", () => {
    expect(resource(stack, "aws_ce_anomaly_monitor")).toMatchObject({
      monitor_type: "DIMENSIONAL",
      monitor_dimension: "SERVICE",
    });
    expect(resource(stack, "aws_ce_anomaly_subscription")).toMatchObject({
      frequency: "IMMEDIATE",
      monitor_arn_list: ["${aws_ce_anomaly_monitor.CostAnomalies_Monitor_173EC5AB.arn}"],
      subscriber: [{ type: "SNS" }],
      threshold_expression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          match_options: ["GREATER_THAN_OR_EQUAL"],
          values: ["35"],
        },
      },
    });
    const costAnomalyMonitorArn = "arn:aws:ce::123456789012:anomalymonitor/b0b9fb32";
    const other = stackOf(synthesize({ ...prod, costAnomalyMonitorArn }), "notifications");
    expect(resources(other, "aws_ce_anomaly_monitor")).toEqual([]);
    expect(resource(other, "aws_ce_anomaly_subscription").monitor_arn_list).toEqual([costAnomalyMonitorArn]);
  });

  it("is that of every alarm, and exists before each of them", () => {
    for (const [name, { resource: types }] of Object.entries(synthesized.stacks)) {
      const composites = Object.values(types.aws_cloudwatch_composite_alarm ?? {});
      const rules = composites.map(({ alarm_rule }) => alarm_rule).join("\n");
      const alarms = [...Object.values(types.aws_cloudwatch_metric_alarm ?? {}), ...composites];
      for (const { alarm_name, alarm_actions, ok_actions } of alarms) {
        if (rules.includes(`ALARM("${alarm_name}")`)) continue; // The composite alarm notifies.
        expect(alarm_actions).toContain("arn:aws:sns:us-east-1:123456789012:nv-demo-notifications");
        expect(ok_actions).toEqual(["arn:aws:sns:us-east-1:123456789012:nv-demo-notifications"]);
      }
      if (alarms.length > 0 && name !== "notifications") {
        expect(synthesized.dependencies[name], name).toContain("notifications");
      }
    }
  });

  it("sends alarms to the queue as they are, and by email only where the environment has an address", () => {
    expect(resource(stack, "aws_sns_topic_subscription")).toMatchObject({
      protocol: "sqs",
      raw_message_delivery: true,
    });
    const subscriptions = resources(stackOf(synthesize(withEmail), "notifications"), "aws_sns_topic_subscription");
    expect(subscriptions.map(({ protocol }) => protocol).toSorted()).toEqual(["email", "sqs"]);
    expect(subscriptions).toContainEqual(expect.objectContaining({ endpoint: "alarms@example.com" }));
  });
});

describe("the queue", () => {
  const queues = Object.fromEntries(resources(stack, "aws_sqs_queue").map((queue) => [String(queue.name), queue]));

  it("accepts messages of the topic only", () => {
    const allowed = resources(stack, "aws_sqs_queue_policy").flatMap(({ policy }) =>
      statements(policy).filter(({ Effect }) => Effect === "Allow"),
    );
    expect(allowed).toEqual([
      expect.objectContaining({
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": expect.stringContaining("aws_sns_topic.Alarm_Topic") } },
      }),
    ]);
  });

  it("keeps what could not be delivered for the longest time, after retries of almost an hour", () => {
    expect(queues["nv-demo-notifications-dead"]?.message_retention_seconds).toBe(14 * 24 * 3600);
    expect(JSON.parse(String(queues["nv-demo-notifications"]?.redrive_policy))).toMatchObject({ maxReceiveCount: 10 });
    const { retrySeconds, maxReceives } = prod.notifications;
    const waits = Array.from({ length: maxReceives - 1 }, (_, index) => Math.min(900, retrySeconds * 2 ** index));
    expect(waits.reduce((sum, wait) => sum + wait, 0) / 60).toBeCloseTo(51, 0);
  });

  it("hides a message for longer than the function may take", () => {
    const timeout = Number(resource(stack, "aws_lambda_function").timeout);
    expect(queues["nv-demo-notifications"]?.visibility_timeout_seconds).toBe(6 * timeout);
  });
});

describe("the notifier", () => {
  it("may read its secret, process its queue and record deliveries, and nothing else", () => {
    const policies = resources(stack, "aws_iam_role_policy").flatMap(({ policy }) => statements(policy));
    const actions = Object.fromEntries(policies.map(({ Sid, Action, Resource }) => [Sid, [Action, Resource].flat()]));
    expect(actions).toEqual({
      WriteLog: expect.anything(),
      WriteTrace: expect.anything(),
      ReadAddresses: ["secretsmanager:GetSecretValue", expect.stringContaining("aws_secretsmanager_secret.Addresses")],
      ReceiveAlarms: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
        expect.stringContaining("aws_sqs_queue.Alarms_Queue"),
      ],
      ReadAlarmsOfRules: ["cloudwatch:DescribeAlarms", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*"],
      RecordDeliveries: [
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        expect.stringContaining("aws_dynamodb_table.Records"),
      ],
    });
  });

  it("uses https, except for the emulations of the local deployment", () => {
    const scheme = (chosen: typeof stack) =>
      resource(chosen, "aws_lambda_function").environment as { variables: Record<string, string> };
    expect(scheme(stack).variables.WEBHOOK_SCHEME).toBe("https");
    expect(scheme(stackOf(synthesize(local), "notifications")).variables.WEBHOOK_SCHEME).toBe("http");
  });

  it("has alarms on its errors and dead letters in an environment with alarms", () => {
    const names = (chosen: typeof stack) =>
      resources(chosen, "aws_cloudwatch_metric_alarm")
        .map(({ alarm_name }) => alarm_name)
        .toSorted();
    expect(names(stack)).toEqual([
      "nv-demo-notifications-dead",
      "nv-demo-notifier-errors",
      "nv-demo-notifier-throttles",
    ]);
    expect(names(stackOf(synthesize(dev), "notifications"))).toEqual([]);
  });
});

it("leaves the secret without a value, except for the addresses of the emulations", () => {
  for (const environment of [dev, prod, withEmail]) {
    const chosen = stackOf(synthesize(environment), "notifications");
    expect(resources(chosen, "aws_secretsmanager_secret")).toHaveLength(1);
    expect(resources(chosen, "aws_secretsmanager_secret_version")).toEqual([]);
  }
  const value = resource(stackOf(synthesize(local), "notifications"), "aws_secretsmanager_secret_version");
  expect(value.secret_string).toBeUndefined();
  expect(JSON.parse(String(value.secret_string_wo))).toEqual({
    slackWebhookUrl: expect.stringMatching(/^http:\/\/hooks\.slack\.com\//),
    pagerDutyRoutingKey: "0".repeat(32),
  });
});
