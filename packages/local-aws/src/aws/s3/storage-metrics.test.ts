import { PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { testBucket } from "./testing/test-bucket.ts";

const { Bucket, harness, client, put } = await testBucket();

it("has samples of the number and the size of the objects with their old versions", async () => {
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await put("a");
  await put("a");
  await put("bcd");
  const sample = (StorageType: string, values: object) => ({
    namespace: "AWS/S3",
    dimensions: { BucketName: Bucket, StorageType },
    values,
  });
  expect(harness.s3.samples()).toEqual([
    sample("AllStorageTypes", { NumberOfObjects: 3 }),
    sample("StandardStorage", { BucketSizeBytes: 5 }),
  ]);
});
