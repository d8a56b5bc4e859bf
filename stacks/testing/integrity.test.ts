import { describe, expect, it } from "vitest";
import { environment } from "../environment/environments.ts";
import { problems } from "./integrity.ts";
import { schemaProblems } from "./schema-problems.ts";
import { type Attributes, resource, type Synthesized, stackOf, synthesize } from "./synthesize.ts";

const sound = synthesize(environment("local"));

/** What the checks say after a change to one resource of one stack. */
function problemsWith(
  stack: string,
  type: string,
  change: (attributes: Attributes, all: Synthesized) => void,
): string[] {
  const spoiled = structuredClone(sound);
  change(resource(stackOf(spoiled, stack), type), spoiled);
  return [...problems(spoiled), ...schemaProblems(spoiled)];
}

describe("the checks of the synthesized text notice", () => {
  const cases: [string, RegExp, (attributes: Attributes, all: Synthesized) => void][] = [
    ["a token that was cut", /broken token/, (instance) => Object.assign(instance, { identifier: "${TFTOK" })],
    [
      "a construct put into text",
      /broken token/,
      (instance) => Object.assign(instance, { db_name: "[object Object]" }),
    ],
    ["a number made of a token", /is a token/, (instance) => Object.assign(instance, { port: -1.8881545897087e302 })],
    [
      "a reference to nothing",
      /aws_kms_key\.Gone\.arn is not in the stack/,
      (instance) => Object.assign(instance, { kms_key_id: "${aws_kms_key.Gone.arn}" }),
    ],
    [
      "a reference that was escaped",
      /the reference aws_iam_role\.MonitoringRole\.arn is escaped/,
      (instance) => Object.assign(instance, { monitoring_role_arn: "$${aws_iam_role.MonitoringRole.arn}" }),
    ],
    [
      "an output that its stack does not declare",
      /outputs\.vpc_idd is not declared/,
      (instance) => Object.assign(instance, { db_name: "${data.terraform_remote_state.vpc.outputs.vpc_idd}" }),
    ],
    [
      "a state that is read from elsewhere",
      /no stack keeps its state/,
      (_, all) => Object.assign(stackOf(all, "vpc").terraform.backend.s3, { key: "elsewhere" }),
    ],
    [
      "a dependency on nothing",
      /depends on aws_iam_role\.Gone/,
      (instance) => Object.assign(instance, { depends_on: ["aws_iam_role.Gone"] }),
    ],
    [
      "a password in the state",
      /keeps password in its state/,
      (instance) => Object.assign(instance, { password: "x" }),
    ],
    [
      "a secret told",
      /tells a secret/,
      (_, all) =>
        Object.assign(stackOf(all, "postgres").output ?? {}, { told: { value: "${ephemeral.x_y.z.random_password}" } }),
    ],
    [
      "an access key",
      /looks like a secret/,
      (instance) => Object.assign(instance, { db_name: `AKIA${"ABCDEFGHIJKLMNOP"}` }),
    ],
    [
      "an argument that is none",
      /\.multi_azz is no argument/,
      (instance) => Object.assign(instance, { multi_azz: true }),
    ],
    [
      "a missing argument",
      /\.instance_class is missing/,
      (instance) => {
        delete instance.instance_class;
      },
    ],
  ];

  it.each(cases)("%s", (_, problem, change) => {
    expect(problemsWith("postgres", "aws_db_instance", change).join("\n")).toMatch(problem);
  });

  it("a policy that is no JSON", () => {
    const spoiled = problemsWith("s3-storage", "aws_s3_bucket_policy", (policy) =>
      Object.assign(policy, { policy: "{" }),
    );
    expect(spoiled.join("\n")).toMatch(/no JSON/);
  });
});
