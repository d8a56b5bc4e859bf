import { describe, expect, it } from "vitest";
import { environment } from "../environment/environments.ts";
import { integrityProblems } from "./integrity.ts";
import { schemaProblems } from "./schema-problems.ts";
import { type Attributes, resource, type Synthesized, stackOf, synthesize } from "./synthesize.ts";

const valid = synthesize(environment("local"));

/** The problems after a change of one resource of one stack. */
function problemsWith(
  stack: string,
  type: string,
  change: (attributes: Attributes, all: Synthesized) => void,
): string[] {
  const changed = structuredClone(valid);
  change(resource(stackOf(changed, stack), type), changed);
  return [...integrityProblems(changed), ...schemaProblems(changed)];
}

describe("the checks of the synthesized configuration report", () => {
  const cases: [string, RegExp, (attributes: Attributes, all: Synthesized) => void][] = [
    ["a truncated token", /unresolved token/, (instance) => Object.assign(instance, { identifier: "${TFTOK" })],
    [
      "a construct converted to a string",
      /unresolved token/,
      (instance) => Object.assign(instance, { db_name: "[object Object]" }),
    ],
    [
      "a number computed from a token",
      /is an unresolved token/,
      (instance) => Object.assign(instance, { port: -1.8881545897087e302 }),
    ],
    [
      "a reference to a missing resource",
      /aws_kms_key\.Gone\.arn is not in the stack/,
      (instance) => Object.assign(instance, { kms_key_id: "${aws_kms_key.Gone.arn}" }),
    ],
    [
      "an escaped reference",
      /the reference aws_iam_role\.MonitoringRole\.arn is escaped/,
      (instance) => Object.assign(instance, { monitoring_role_arn: "$${aws_iam_role.MonitoringRole.arn}" }),
    ],
    [
      "an undeclared output",
      /outputs\.vpc_idd is not declared/,
      (instance) => Object.assign(instance, { db_name: "${data.terraform_remote_state.vpc.outputs.vpc_idd}" }),
    ],
    [
      "a remote state that is not the state of a stack",
      /not the state of any stack/,
      (_, all) => Object.assign(stackOf(all, "vpc").terraform.backend.s3, { key: "elsewhere" }),
    ],
    [
      "a dependency on a missing resource",
      /depends on aws_iam_role\.Gone/,
      (instance) => Object.assign(instance, { depends_on: ["aws_iam_role.Gone"] }),
    ],
    [
      "a password in the state",
      /stores password in its state/,
      (instance) => Object.assign(instance, { password: "x" }),
    ],
    [
      "a secret in an output",
      /contains a secret/,
      (_, all) =>
        Object.assign(stackOf(all, "postgres").output ?? {}, { leak: { value: "${ephemeral.x_y.z.random_password}" } }),
    ],
    [
      "an access key",
      /looks like a secret/,
      (instance) => Object.assign(instance, { db_name: `AKIA${"ABCDEFGHIJKLMNOP"}` }),
    ],
    [
      "an unknown argument",
      /\.multi_azz is not an argument/,
      (instance) => Object.assign(instance, { multi_azz: true }),
    ],
    [
      "a missing required argument",
      /\.instance_class is missing/,
      (instance) => {
        delete instance.instance_class;
      },
    ],
  ];

  it.each(cases)("%s", (_, problem, change) => {
    expect(problemsWith("postgres", "aws_db_instance", change).join("\n")).toMatch(problem);
  });

  it("a policy with invalid JSON", () => {
    const problems = problemsWith("s3-storage", "aws_s3_bucket_policy", (policy) =>
      Object.assign(policy, { policy: "{" }),
    );
    expect(problems.join("\n")).toMatch(/invalid JSON/);
  });
});
