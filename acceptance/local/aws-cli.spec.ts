import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { aws, installed, version2 } from "../support/aws-cli.ts";
import { FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

describe("the AWS CLI", () => {
  beforeEach(({ skip }) => {
    skip(installed.length === 0, "no AWS CLI on the PATH");
  });

  it("uploads to the bucket, and the record appears", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-aws-"));
    const key = `by-cli-${randomBytes(4).toString("hex")}`;
    const files = new FilesClient();
    try {
      writeFileSync(join(folder, key), "from the command line");
      const copied = await aws("s3", "cp", join(folder, key), `s3://${target.prefix}-storage/${key}`);
      expect(copied.code, copied.output).toBe(0);
      expect(await files.listed(key)).toMatchObject({ size: 21 });
    } finally {
      rmSync(folder, { recursive: true });
      await files.delete(key);
    }
  });

  it("invokes postgres-init, which applies no migration twice", async ({ skip }) => {
    skip(!version2, "the AWS CLI on the PATH is version 1, which has no --cli-binary-format");
    const invoked = await aws(
      "lambda",
      "invoke",
      "--function-name",
      `${target.prefix}-postgres-init`,
      "--cli-binary-format",
      "raw-in-base64-out",
      "--payload",
      '{"name": "init"}',
      "/dev/stdout",
    );
    expect(invoked.code, invoked.output).toBe(0);
    expect(invoked.stdout).toContain('"applied":[]');
    expect(invoked.stdout).not.toContain("FunctionError");
  });

  it("tails the log of a function", async ({ skip }) => {
    skip(!version2, "the AWS CLI on the PATH is version 1, which has no logs tail");
    const tail = await aws("logs", "tail", `/aws/lambda/${target.prefix}-postgres-init`, "--since", "1h");
    expect(tail.code, tail.output).toBe(0);
    expect(tail.stdout).toContain("platform.report");
    expect(tail.stdout).not.toContain(target.password);
  });
});
