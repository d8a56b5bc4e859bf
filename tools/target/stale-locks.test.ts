import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startLocalAws } from "@nv-demo/local-aws";
import { expect, it, onTestFinished } from "vitest";
import { removeStaleLocks } from "./stale-locks.ts";

const BUCKET = "nv-demo-local-state";

async function open() {
  const directory = mkdtempSync(join(tmpdir(), "nv-demo-locks-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const configuration = {
    terraform: { backend: { s3: { bucket: BUCKET, key: "local/vpc.tfstate" } }, required_providers: {} },
  };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(configuration));
  const aws = await startLocalAws(join(directory, "data"));
  onTestFinished(() => aws.stop());
  const client = { endpoint: aws.endpoint, region: "us-east-1", credentials: aws.accessKey, forcePathStyle: true };
  return { s3: new S3Client(client), stacks: [{ name: "vpc", directory, dependencies: [] }] };
}

it("deletes the locks and keeps the states", async () => {
  const { s3, stacks } = await open();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const Key of ["local/vpc.tfstate", "local/vpc.tfstate.tflock"]) {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: "{}" }));
  }
  await removeStaleLocks({ s3, stacks });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(Contents.map(({ Key }) => Key)).toEqual(["local/vpc.tfstate"]);
});

it("does nothing before the first deployment", async () => {
  await expect(removeStaleLocks(await open())).resolves.toBeUndefined();
});
