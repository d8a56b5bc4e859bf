import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Records } from "../../provider/records.ts";
import { AccessControl } from "./access-control.ts";
import { rolePolicies } from "./role-policies.ts";

const BOUNDARY = "arn:aws:iam::000000000000:policy/boundary";
const EXTRA = "arn:aws:iam::000000000000:policy/extra";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: string, Resource = "*") => policy({ Effect: "Allow", Action, Resource });

describe("a role's session", () => {
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

  /** Tries an action, and tells why it was refused. */
  function attempt(action: string): string {
    const control = new AccessControl({ accessKeyId: "key", secretAccessKey: "secret" }, rolePolicies(records));
    const { accessKeyId } = control.credentialsFor("arn:aws:iam::000000000000:role/reader", "session");
    const caller = control.credentials.find(accessKeyId)?.caller;
    if (!caller) throw new Error("the session has no caller");
    try {
      control.authorize(caller, action, "arn:aws:s3:::files/a");
      return "allowed";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it("may do what both its policies and its boundary allow", () => {
    expect(attempt("s3:GetObject")).toBe("allowed");
    expect(attempt("s3:PutObject")).toContain("because no permissions boundary allows the s3:PutObject action");
    expect(attempt("sqs:SendMessage")).toContain("because no identity-based policy allows the sqs:SendMessage action");
  });

  it("gets nothing from a boundary that its policies do not give", () => {
    records.put("boundary", "aws_iam_policy", { arn: BOUNDARY, policy: allow("*") });
    expect(attempt("s3:PutObject")).toBe("allowed");
    expect(attempt("sqs:SendMessage")).toContain("identity-based policy");
  });

  it("may do nothing when its boundary does not exist, and everything of its own when it has none", () => {
    records.delete("boundary");
    expect(attempt("s3:GetObject")).toContain("permissions boundary");
    records.put("role", "aws_iam_role", { name: "reader", permissions_boundary: "" });
    expect(attempt("s3:PutObject")).toBe("allowed");
  });

  it("may do what a policy attached to it allows", () => {
    records.put("role", "aws_iam_role", { name: "reader" });
    records.put("extra", "aws_iam_policy", { arn: EXTRA, policy: allow("sqs:SendMessage") });
    expect(attempt("sqs:SendMessage")).not.toBe("allowed");
    records.put("attachment", "aws_iam_role_policy_attachment", { role: "reader", policy_arn: EXTRA });
    expect(attempt("sqs:SendMessage")).toBe("allowed");
  });
});
