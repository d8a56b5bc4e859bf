import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resources, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const stack = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "state-bucket");

it("creates the state bucket and the access log bucket", () => {
  expect(resources(stack, "aws_s3_bucket").map(({ bucket, force_destroy }) => ({ bucket, force_destroy }))).toEqual([
    { bucket: "nv-demo-access-logs", force_destroy: false },
    { bucket: "nv-demo-state", force_destroy: false },
  ]);
});

it("encrypts states with KMS, and access logs with S3 managed keys", () => {
  const algorithms = resources(stack, "aws_s3_bucket_server_side_encryption_configuration").map(({ rule }) =>
    JSON.stringify(rule),
  );
  expect(algorithms[0]).toContain('"sse_algorithm":"AES256"');
  expect(algorithms[1]).toContain('"sse_algorithm":"aws:kms"');
});

it("never expires a state, but expires its old versions", () => {
  const [, lifecycle] = resources(stack, "aws_s3_bucket_lifecycle_configuration");
  const rules = lifecycle?.rule as { expiration?: unknown; noncurrent_version_expiration?: unknown }[];
  expect(rules.map(({ expiration }) => expiration)).toEqual([undefined, [{ expired_object_delete_marker: true }]]);
  expect(rules[0]?.noncurrent_version_expiration).toEqual([{ noncurrent_days: 90 }]);
});

it("allows S3 to deliver access logs of this account", () => {
  const [policy] = resources(stack, "aws_s3_bucket_policy");
  expect(statements(policy?.policy)).toContainEqual({
    Sid: "DeliverAccessLogs",
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
