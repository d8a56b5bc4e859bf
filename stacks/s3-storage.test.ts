import { describe, expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const stack = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "s3-storage");

it("expires files, old versions, incomplete uploads and delete markers", () => {
  const { rule } = resource(stack, "aws_s3_bucket_lifecycle_configuration");
  expect(rule).toEqual([
    expect.objectContaining({
      expiration: [{ days: 30 }],
      noncurrent_version_expiration: [{ noncurrent_days: 7 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    }),
    expect.objectContaining({ expiration: [{ expired_object_delete_marker: true }] }),
  ]);
});

describe("the events of the bucket", () => {
  it("are sent to the queue for every change, including expiry, after the queue policy exists", () => {
    const { queue, depends_on } = resource(stack, "aws_s3_bucket_notification");
    expect(queue).toEqual([
      {
        id: "storage-events",
        queue_arn: "${aws_sqs_queue.Events.arn}",
        events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"],
      },
    ]);
    expect(depends_on).toEqual(["aws_sqs_queue_policy.EventsPolicy"]);
  });

  it("are accepted from this bucket of this account only", () => {
    const [policy] = resources(stack, "aws_sqs_queue_policy").filter(({ queue_url }) =>
      String(queue_url).includes("Events"),
    );
    const senders = statements(policy?.policy).filter(({ Effect }) => Effect === "Allow");
    expect(senders).toHaveLength(1);
    expect(senders[0]).toMatchObject({
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: {
        ArnEquals: { "aws:SourceArn": expect.stringMatching(/^\$\{aws_s3_bucket\.Storage_Bucket_\w+\.arn\}$/) },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    });
  });

  it("are retried five times, after six times the function timeout, and then kept for 14 days as dead letters", () => {
    const { Events: events, DeadLetters: dead } = stack.resource.aws_sqs_queue ?? {};
    const { timeout } = functionNamed("nv-demo-postgres-update");
    expect(events?.visibility_timeout_seconds).toBeGreaterThanOrEqual(Number(timeout) * 6);
    expect(JSON.parse(String(events?.redrive_policy))).toEqual({
      deadLetterTargetArn: "${aws_sqs_queue.DeadLetters.arn}",
      maxReceiveCount: 5,
    });
    expect(dead?.message_retention_seconds).toBe(1_209_600);
    const allowed = JSON.parse(String(resource(stack, "aws_sqs_queue_redrive_allow_policy").redrive_allow_policy));
    expect(allowed).toEqual({ redrivePermission: "byQueue", sourceQueueArns: ["${aws_sqs_queue.Events.arn}"] });
  });

  it("reach the function in batches with partial failures", () => {
    expect(resource(stack, "aws_lambda_event_source_mapping")).toMatchObject({
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
    });
  });
});

const functionNamed = (name: string) =>
  resources(stack, "aws_lambda_function").find(({ function_name }) => function_name === name) ?? {};
const ownActions = (program: RegExp) =>
  resources(stack, "aws_iam_role_policy")
    .filter(({ role }) => program.test(String(role)))
    .flatMap(({ policy }) => statements(policy))
    .filter(({ Effect, Sid }) => Effect === "Allow" && !/^Write|^AttachToVpc$/.test(String(Sid)))
    .flatMap(({ Action }) => Action);
const UPDATE_ACTIONS = ["secretsmanager:GetSecretValue", "elasticache:Connect", "s3:GetObject", "s3:ListBucket"];

it("allows the function to use only the queue, the files, its database secret and the cache", () => {
  expect(ownActions(/UpdateFunction/)).toEqual([
    ...UPDATE_ACTIONS,
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
  ]);
});

describe("the reconciliation", () => {
  it("is invoked every night with the name of the bucket, by a role that may do nothing else", () => {
    const { schedule_expression, schedule_expression_timezone, target } = resource(stack, "aws_scheduler_schedule");
    expect([schedule_expression, schedule_expression_timezone]).toEqual(["cron(0 4 * * ? *)", "UTC"]);
    const { input, arn, role_arn } = target as Record<string, string>;
    expect(JSON.parse(String(input))).toEqual({
      name: "reconcile",
      bucket: expect.stringMatching(/aws_s3_bucket\.Storage/),
    });
    expect(arn).toMatch(/aws_lambda_function\.Reconciliation_/);
    expect(role_arn).toMatch(/Reconciliation_ScheduleRole/);
    expect(ownActions(/ScheduleRole/)).toEqual(["lambda:InvokeFunction"]);
  });

  it("runs the same code with the maximum timeout and without access to the queue", () => {
    const { source_code_hash, timeout } = functionNamed("nv-demo-postgres-update-reconcile");
    expect(timeout).toBe(900);
    expect(source_code_hash).toBe(functionNamed("nv-demo-postgres-update").source_code_hash);
    expect(ownActions(/Reconciliation_Function_Role/)).toEqual(UPDATE_ACTIONS);
  });
});
