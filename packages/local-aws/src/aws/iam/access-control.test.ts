import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Records } from "../../provider/records.ts";
import { arn } from "../../runtime/account.ts";
import { AccessControl } from "./access-control.ts";
import { rolePolicies } from "./role-policies.ts";

const BOUNDARY = arn("iam", "policy/boundary", "global");
const EXTRA = arn("iam", "policy/extra", "global");
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: string, Resource = "*") => policy({ Effect: "Allow", Action, Resource });

describe("a role session", () => {
  let directory: string;
  let records: Records;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "iam-"));
    records = new Records(join(directory, "records"), "run");
    records.put("role", "aws_iam_role", { name: "reader", permissions_boundary: BOUNDARY });
    records.put("inline", "aws_iam_role_policy", { role: "reader", policy: allow("s3:*") });
    records.put("boundary", "aws_iam_policy", { arn: BOUNDARY, policy: allow("s3:GetObject") });
  });

  afterEach(() => {
    records.close();
    rmSync(directory, { recursive: true });
  });

  /** Returns "allowed", or the message of the error. */
  function attempt(action: string): string {
    const control = new AccessControl({ accessKeyId: "key", secretAccessKey: "secret" }, rolePolicies(records));
    const { accessKeyId } = control.credentialsFor(arn("iam", "role/reader", "global"), "session");
    const caller = control.credentials.find(accessKeyId)?.caller;
    if (!caller) throw new Error("The session has no caller.");
    try {
      control.authorize(caller, action, "arn:aws:s3:::files/a");
      return "allowed";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it("is allowed what its policies and its boundary both allow", () => {
    expect(attempt("s3:GetObject")).toBe("allowed");
    expect(attempt("s3:PutObject")).toContain("because no permissions boundary allows the s3:PutObject action");
    expect(attempt("sqs:SendMessage")).toContain("because no identity-based policy allows the sqs:SendMessage action");
  });

  it("gets no permissions from the boundary alone", () => {
    records.put("boundary", "aws_iam_policy", { arn: BOUNDARY, policy: allow("*") });
    expect(attempt("s3:PutObject")).toBe("allowed");
    expect(attempt("sqs:SendMessage")).toContain("identity-based policy");
  });

  it("has no permissions if its boundary does not exist, and all those of its policies without a boundary", () => {
    records.delete("boundary");
    expect(attempt("s3:GetObject")).toContain("permissions boundary");
    records.put("role", "aws_iam_role", { name: "reader", permissions_boundary: "" });
    expect(attempt("s3:PutObject")).toBe("allowed");
  });

  it("is allowed what an attached policy allows", () => {
    records.put("role", "aws_iam_role", { name: "reader" });
    records.put("extra", "aws_iam_policy", { arn: EXTRA, policy: allow("sqs:SendMessage") });
    expect(attempt("sqs:SendMessage")).not.toBe("allowed");
    records.put("attachment", "aws_iam_role_policy_attachment", { role: "reader", policy_arn: EXTRA });
    expect(attempt("sqs:SendMessage")).toBe("allowed");
  });
});
