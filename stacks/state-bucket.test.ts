import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resources, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const stack = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "state-bucket");

it("makes the bucket of the states and the one of the access logs", () => {
  expect(resources(stack, "aws_s3_bucket").map(({ bucket, force_destroy }) => ({ bucket, force_destroy }))).toEqual([
    { bucket: "nv-demo-access-logs", force_destroy: false },
    { bucket: "nv-demo-state", force_destroy: false },
  ]);
});

it("encrypts states by KMS, and access logs as their delivery takes them", () => {
  const algorithms = resources(stack, "aws_s3_bucket_server_side_encryption_configuration").map(({ rule }) =>
    JSON.stringify(rule),
  );
  expect(algorithms[0]).toContain('"sse_algorithm":"AES256"');
  expect(algorithms[1]).toContain('"sse_algorithm":"aws:kms"');
});

it("never expires a state, but forgets its old versions", () => {
  const [, lifecycle] = resources(stack, "aws_s3_bucket_lifecycle_configuration");
  const rules = lifecycle?.rule as { expiration?: unknown; noncurrent_version_expiration?: unknown }[];
  expect(rules.map(({ expiration }) => expiration)).toEqual([undefined, [{ expired_object_delete_marker: true }]]);
  expect(rules[0]?.noncurrent_version_expiration).toEqual([{ noncurrent_days: 90 }]);
});

it("lets S3 deliver access logs for this account, once the bucket takes them", () => {
  const [policy] = resources(stack, "aws_s3_bucket_policy");
  expect(statements(policy?.policy)).toContainEqual({
    Sid: "TakeAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: expect.stringMatching(/\.arn\}\/\*$/),
    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
  });
  const [logging] = resources(stack, "aws_s3_bucket_logging");
  expect(logging).toMatchObject({
    target_prefix: expect.stringMatching(/^\$\{aws_s3_bucket\.State_Bucket_\w+\.bucket\}\/$/),
    depends_on: [expect.stringMatching(/^aws_s3_bucket_policy\.AccessLogs/)],
  });
});
