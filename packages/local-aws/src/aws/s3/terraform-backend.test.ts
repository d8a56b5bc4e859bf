import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REGION } from "../../runtime/account.ts";
import { ROOT_KEYS, type S3Harness, s3Harness } from "./testing/s3-harness.ts";

const Bucket = "nv-demo-state";
let harness: S3Harness;
let directory: string;

beforeEach(async () => {
  harness = await s3Harness();
  await harness.client().send(new CreateBucketCommand({ Bucket }));
  directory = mkdtempSync(join(tmpdir(), "s3-backend-"));
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await harness.close();
});

/** A module whose apply holds the state lock until the file `go` exists. */
function writeModule(value: string): void {
  const wait = { command: "while [ ! -e go ]; do sleep 0.05; done" };
  const module = {
    terraform: {
      backend: {
        s3: {
          ...{ bucket: Bucket, key: "prod/vpc.tfstate", region: REGION },
          use_path_style: true,
          use_lockfile: true,
          encrypt: true,
        },
      },
    },
    resource: { terraform_data: { main: { input: value, provisioner: { "local-exec": wait } } } },
  };
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(module));
}

function terraform(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn("terraform", [...args, "-no-color"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_S3: harness.endpoint,
      AWS_ENDPOINT_URL_STS: harness.endpoint,
      AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "",
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: "",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

describe("Terraform's S3 backend", () => {
  it("stores and locks the state: the second of two concurrent applies fails", async () => {
    const client = harness.client();
    writeModule("one");
    const credentials = [
      "-backend-config=skip_credentials_validation=true",
      "-backend-config=skip_requesting_account_id=true",
    ];
    expect(await terraform("init", "-input=false", ...credentials)).toMatchObject({ code: 0 });
    const first = terraform("apply", "-auto-approve", "-input=false");
    const lock = new ListObjectsV2Command({ Bucket, Prefix: "prod/vpc.tfstate.tflock" });
    await expect.poll(async () => (await client.send(lock)).KeyCount, { timeout: 20_000 }).toBe(1);
    const second = await terraform("apply", "-auto-approve", "-input=false");
    expect(second.code).toBe(1);
    expect(second.output).toContain("Error acquiring the state lock");
    expect(existsSync(join(directory, "go"))).toBe(false);
    writeFileSync(join(directory, "go"), "");
    expect(await first).toMatchObject({ code: 0 });
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "prod/vpc.tfstate" }));
    expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({
      resources: [{ type: "terraform_data" }],
    });
    expect(await terraform("plan", "-detailed-exitcode", "-input=false")).toMatchObject({ code: 0 });
  });
});
