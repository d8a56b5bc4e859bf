import {
  CreateBucketCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll } from "vitest";
import { s3Harness } from "./s3-harness.ts";

/** Starts S3 with a bucket for the tests of a file, and closes it after them. */
export async function testBucket() {
  const Bucket = "nv-demo-storage";
  const harness = await s3Harness();
  afterAll(() => harness.close());
  const client = harness.client();
  await client.send(new CreateBucketCommand({ Bucket }));
  return { Bucket, harness, client, ...bucketObjects(client, Bucket) };
}

/** Functions that write and read complete objects of one bucket. */
function bucketObjects(client: S3Client, Bucket: string) {
  return {
    /** Writes an object. Default content: its key. */
    put: (Key: string, Body: PutObjectCommandInput["Body"] = Key, options: Partial<PutObjectCommandInput> = {}) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...options })),

    get: async (Key: string, options: Partial<GetObjectCommandInput> = {}) => {
      const output = await client.send(new GetObjectCommand({ Bucket, Key, ...options }));
      return { ...output, bytes: Buffer.from((await output.Body?.transformToByteArray()) ?? []) };
    },
  };
}
