import type { Attributes } from "../synthesize.ts";
import { argument, everyStatement, type Rule } from "./rule.ts";

/** Actions that AWS does not let one narrow to a resource, or only by a condition. */
const WITHOUT_RESOURCE =
  /^(xray:Put|ec2:(Assign|Unassign|Create|Delete|Describe)|ecr:GetAuthorizationToken$|s3:ListAllMyBuckets$|cloudwatch:PutMetricData$)/;

const list = (value: unknown): string[] => [value ?? []].flat() as string[];

const isNarrow = ({ Effect, Action, Resource }: Attributes): boolean =>
  Effect === "Deny" ||
  (list(Action).every((action) => !action.includes("*")) &&
    (!list(Resource).includes("*") || list(Action).every((action) => WITHOUT_RESOURCE.test(action))));

const isTrusted = ({ Principal }: Attributes): boolean => !JSON.stringify(Principal ?? "*").includes('"*"');

export const accessRules: readonly Rule[] = [
  everyStatement(
    "CKV_AWS_62, CKV_AWS_286-290, CKV_AWS_355, AWS-0057, IAM.1",
    "aws_iam_role_policy",
    "policy",
    "names its actions and resources",
    isNarrow,
    { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
  ),
  everyStatement("CKV_AWS_60, CKV_AWS_61", "aws_iam_role", "assume_role_policy", "is for a named service", isTrusted, {
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: "sts:AssumeRole",
  }),
  argument("CKV_AWS_7, AWS-0065, KMS.4", "aws_kms_key", "enable_key_rotation", true, false),
  everyStatement("CKV_AWS_33, KMS.5", "aws_kms_key", "policy", "is for nobody without a name", isTrusted, {
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: "kms:Decrypt",
    Resource: "*",
  }),
  argument(
    "CKV_AWS_149, SecretsManager.4",
    "aws_secretsmanager_secret",
    "kms_key_id",
    (key) => key !== undefined,
    undefined,
  ),
  argument(
    "none: no secret in plan or state",
    "aws_secretsmanager_secret_version",
    "secret_string_wo",
    (value) => value !== undefined,
    undefined,
  ),
];
