import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { arn, REGION } from "../../../runtime/account.ts";
import { failure, type S3Harness, s3Harness } from "../testing/s3-harness.ts";

const Bucket = "nv-demo-storage";
const QUEUE = arn("sqs", "events");
const bucket = "${aws_s3_bucket.main.bucket}";

const STORAGE = {
  provider: { aws: { region: REGION, default_tags: [{ tags: { project: "nv-demo" } }] } },
  resource: {
    aws_s3_bucket: { main: { bucket: Bucket, tags: { kind: "files" } } },
    aws_s3_bucket_versioning: { main: { bucket, versioning_configuration: { status: "Enabled" } } },
    aws_s3_bucket_server_side_encryption_configuration: {
      main: {
        bucket,
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" }, bucket_key_enabled: true },
      },
    },
    aws_s3_bucket_public_access_block: {
      main: {
        ...{ bucket, block_public_acls: true, block_public_policy: true },
        ...{ ignore_public_acls: true, restrict_public_buckets: false },
      },
    },
    aws_s3_bucket_ownership_controls: { main: { bucket, rule: { object_ownership: "BucketOwnerEnforced" } } },
    aws_s3_bucket_policy: { main: { bucket, policy: '${jsonencode({Version = "2012-10-17", Statement = []})}' } },
    aws_s3_bucket_logging: { main: { bucket, target_bucket: bucket, target_prefix: "log/" } },
    aws_s3_bucket_cors_configuration: {
      main: { bucket, cors_rule: { allowed_methods: ["GET", "PUT"], allowed_origins: ["*"], max_age_seconds: 60 } },
    },
    aws_s3_bucket_lifecycle_configuration: {
      main: {
        bucket,
        rule: [
          {
            ...{ id: "expire", status: "Enabled", filter: { prefix: "files/" }, expiration: { days: 30 } },
            noncurrent_version_expiration: { noncurrent_days: 7 },
            abort_incomplete_multipart_upload: { days_after_initiation: 7 },
          },
          {
            ...{ id: "tagged", status: "Disabled", expiration: { days: 1 } },
            filter: { and: { prefix: "a/", tags: { a: "b" }, object_size_greater_than: 5 } },
            transition: [{ days: 1, storage_class: "GLACIER_IR" }],
          },
        ],
      },
    },
    aws_s3_bucket_notification: {
      main: { bucket, queue: [{ queue_arn: QUEUE, events: ["s3:ObjectCreated:*"], filter_prefix: "files/" }] },
    },
  },
  data: { aws_s3_bucket: { main: { bucket } } },
};

let harness: S3Harness;
let client: S3Client;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  harness = await s3Harness();
  client = harness.client();
  workspace = new TerraformWorkspace(harness.s3.terraform);
  await workspace.start();
});
afterEach(async () => {
  workspace.stop();
  await harness.close();
});

describe("a bucket with all of its configurations", () => {
  it("is created, plans no changes, shows drift and is destroyed", async () => {
    await workspace.apply(STORAGE);
    expect(workspace.attributes("aws_s3_bucket.main")).toMatchObject({
      id: Bucket,
      arn: `arn:aws:s3:::${Bucket}`,
      bucket_regional_domain_name: `${Bucket}.s3.${REGION}.amazonaws.com`,
      hosted_zone_id: "Z3AQBSTGFYJSTF",
    });
    expect(await client.send(new GetBucketTaggingCommand({ Bucket }))).toMatchObject({
      TagSet: expect.arrayContaining([
        { Key: "kind", Value: "files" },
        { Key: "project", Value: "nv-demo" },
      ]),
    });
    expect(await client.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
    expect(await client.send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: false },
    });
    expect(await client.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" }, BucketKeyEnabled: true }],
      },
    });
    const { Policy = "" } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy)).toEqual({ Version: "2012-10-17", Statement: [] });
    expect(await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).toMatchObject({
      Rules: [
        { ID: "expire", Status: "Enabled", Filter: { Prefix: "files/" }, Expiration: { Days: 30 } },
        { ID: "tagged", Filter: { And: { Tags: [{ Key: "a", Value: "b" }], ObjectSizeGreaterThan: 5 } } },
      ],
    });
    expect(await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject({
      QueueConfigurations: [
        {
          QueueArn: QUEUE,
          Id: expect.stringMatching(/^tf-s3-queue-/),
          Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "files/" }] } },
        },
      ],
    });
    expect(harness.events).toMatchObject([{ targetArn: QUEUE, event: { Event: "s3:TestEvent", Bucket } }]);
    expect(await workspace.plan()).toMatchObject({ code: 0 });

    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    const Rules = [{ ID: "other", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 5 } }];
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    const drifted = await workspace.plan();
    expect(drifted.code).toBe(2);
    expect(drifted.output).toMatch(/2 to change/);
    await workspace.apply(STORAGE);
    expect(await client.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });

    expect(await workspace.run("destroy", "-auto-approve", "-no-color")).toMatchObject({ code: 0 });
    await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject(failure("NotFound", 404));
  });

  it("is planned again after it was deleted outside of Terraform", async () => {
    await workspace.apply({ resource: { aws_s3_bucket: { main: { bucket: Bucket } } } });
    await client.send(new DeleteBucketCommand({ Bucket }));
    expect((await workspace.plan()).output).toMatch(/1 to add/);
  });
});

describe("destroying a bucket that is not empty", () => {
  const module = (force_destroy: boolean) => ({
    resource: { aws_s3_bucket: { main: { bucket: Bucket, force_destroy } } },
  });

  it("fails without force_destroy, and deletes all versions with it", async () => {
    await workspace.apply(module(false));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (const Body of ["1", "2"]) await client.send(new PutObjectCommand({ Bucket, Key: "k", Body }));
    const failed = await workspace.run("destroy", "-auto-approve", "-no-color");
    expect(failed.code).toBe(1);
    expect(failed.output).toContain("BucketNotEmpty");
    await workspace.apply(module(true));
    expect(await workspace.run("destroy", "-auto-approve", "-no-color")).toMatchObject({ code: 0 });
    expect(harness.s3.store.hasBucket(Bucket)).toBe(false);
  });
});

describe("objects", () => {
  const module = (content: string) => ({
    resource: {
      aws_s3_bucket: { main: { bucket: Bucket } },
      aws_s3_bucket_versioning: { main: { bucket, versioning_configuration: { status: "Enabled" } } },
      aws_s3_object: {
        text: {
          ...{ bucket: "${aws_s3_bucket_versioning.main.bucket}", key: "a/text", content, content_type: "text/plain" },
          metadata: { colour: "blue" },
        },
        file: { bucket: "${aws_s3_bucket_versioning.main.bucket}", key: "file", source: "./file.bin" },
      },
    },
    data: { aws_s3_object: { text: { bucket, key: "${aws_s3_object.text.key}" } } },
    output: { text: { value: "${data.aws_s3_object.text.body}" } },
  });

  it("are created from text and files, updated with a new version, and deleted with all versions", async () => {
    writeFileSync(join(workspace.module, "file.bin"), Buffer.from([0, 255, 1]));
    await workspace.apply(module("one"));
    const read = async (Key: string) => {
      const { Body, ...rest } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return { ...rest, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
    };
    expect(await read("file")).toMatchObject({ bytes: Buffer.from([0, 255, 1]) });
    const first = await read("a/text");
    expect(first).toMatchObject({ ContentType: "text/plain", Metadata: { colour: "blue" } });
    expect(workspace.attributes("aws_s3_object.text")).toMatchObject({
      etag: first.ETag?.replaceAll('"', ""),
      version_id: first.VersionId,
    });
    expect(await workspace.plan()).toMatchObject({ code: 0 });

    await workspace.apply(module("two"));
    const second = await read("a/text");
    expect(second.bytes.toString()).toBe("two");
    expect(workspace.attributes("aws_s3_object.text").version_id).toBe(second.VersionId);
    expect((await workspace.run("output", "-raw", "text")).output).toBe("two");

    await client.send(new PutObjectCommand({ Bucket, Key: "a/text", Body: "drift" }));
    expect((await workspace.plan()).code).toBe(2);
    expect(await workspace.run("destroy", "-auto-approve", "-no-color")).toMatchObject({ code: 0 });
  });
});
