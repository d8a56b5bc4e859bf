import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, command } from "../support/command.ts";
import { target } from "../support/target.ts";

const LOCAL_AWS = fileURLToPath(new URL("../../packages/local-aws/bin/local-aws.mjs", import.meta.url));
const FIXTURE = fileURLToPath(new URL("any-terraform", import.meta.url));

/** Creates a bucket without Terraform. */
const CREATE_BUCKET = `
  import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
  await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: process.argv[1] }));
`;

describe.skipIf(target.kind !== "local")("local-aws -- terraform in any Terraform directory", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nv-demo-any-terraform-"));
    cpSync(FIXTURE, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const withLocalAws = (args: readonly string[], cwd?: string): Promise<CommandResult> =>
    command(process.execPath, [LOCAL_AWS, "--data", join(folder, ".local-aws"), "--", ...args], {}, cwd);

  const terraform = (...args: string[]): Promise<CommandResult> => withLocalAws(["terraform", ...args], folder);

  /** @returns the output. */
  async function succeed(...args: string[]): Promise<string> {
    const { code, stdout, output } = await terraform(...args);
    expect(code, output).toBe(0);
    return stdout;
  }

  const apply = (...args: string[]) => succeed("apply", "-auto-approve", "-input=false", "-no-color", ...args);

  async function expectNoChanges(...args: string[]): Promise<void> {
    const { code, output } = await terraform("plan", "-detailed-exitcode", "-input=false", "-no-color", ...args);
    expect(code, output).toBe(0);
  }

  async function createBucket(name: string): Promise<void> {
    const { code, output } = await withLocalAws(["node", "--input-type=module", "--eval", CREATE_BUCKET, name]);
    expect(code, output).toBe(0);
  }

  it("applies count, for_each, modules and data sources, and returns outputs", async () => {
    await succeed("init", "-input=false", "-no-color");
    expect(await apply()).toContain("6 added, 0 changed, 0 destroyed");
    const outputs = JSON.parse(await succeed("output", "-json")) as Record<string, { readonly value: unknown }>;
    expect(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))).toEqual({
      account: "000000000000",
      bucket: "arn:aws:s3:::any-terraform-logs",
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::any-terraform-logs/*",
            Principal: { AWS: "000000000000" },
          },
        ],
      },
      queues: ["jobs-0", "jobs-1"],
      topics: {
        created: "arn:aws:sns:us-east-1:000000000000:events-created",
        deleted: "arn:aws:sns:us-east-1:000000000000:events-deleted",
      },
    });
  });

  it("plans no changes after the apply", () => expectNoChanges());

  it("destroys what a lower count omits", async () => {
    expect(await apply("-var=workers=1")).toContain("0 added, 0 changed, 1 destroyed");
    await expectNoChanges("-var=workers=1");
  });

  it("imports an existing bucket with terraform import", async () => {
    await createBucket("any-terraform-imported");
    const resource = 'resource "aws_s3_bucket" "imported" {\n  bucket = "any-terraform-imported"\n}\n';
    writeFileSync(join(folder, "imported.tf"), resource);
    await succeed("import", "-input=false", "-no-color", "aws_s3_bucket.imported", "any-terraform-imported");
    await expectNoChanges("-var=workers=1");
  });

  it("imports an existing bucket with an import block", async () => {
    await createBucket("any-terraform-declared");
    const resource = 'resource "aws_s3_bucket" "declared" {\n  bucket = "any-terraform-declared"\n}\n';
    const block = 'import {\n  to = aws_s3_bucket.declared\n  id = "any-terraform-declared"\n}\n';
    writeFileSync(join(folder, "declared.tf"), `${block}\n${resource}`);
    expect(await apply("-var=workers=1")).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    await expectNoChanges("-var=workers=1");
  });

  it("destroys everything", async () => {
    await succeed("destroy", "-auto-approve", "-input=false", "-no-color");
    expect(await succeed("state", "list")).toBe("");
  });
});
