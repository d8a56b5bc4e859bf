import type { Attributes } from "../synthesize.ts";
import { argument, everyStatement, get, type Rule } from "./rule.ts";

/** Actions that AWS does not let one narrow to a resource, or only by a condition. */
const WITHOUT_RESOURCE =
  /^(xray:Put|ec2:(Assign|Unassign|Create|Delete|Describe)|ecr:GetAuthorizationToken$|s3:ListAllMyBuckets$|cloudwatch:PutMetricData$)/;

const list = (value: unknown): string[] => [value ?? []].flat() as string[];

const isNarrow = ({ Effect, Action, Resource }: Attributes): boolean =>
  Effect === "Deny" ||
  (list(Action).every((action) => !action.includes("*")) &&
    (!list(Resource).includes("*") || list(Action).every((action) => WITHOUT_RESOURCE.test(action))));

const isTrusted = ({ Principal }: Attributes): boolean => !JSON.stringify(Principal ?? "*").includes('"*"');

/** Calls of Terraform that make what has no name yet, or that AWS knows no resource for. */
const DEPLOYED_WITHOUT_RESOURCE = new Set([
  "ecs:CreateCluster",
  "ecs:DeregisterTaskDefinition",
  "ecs:RegisterTaskDefinition",
  "kms:CreateKey",
  "lambda:CreateEventSourceMapping",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "route53:CreateHostedZone",
]);

/** Looking at everything gives nothing away, but for what is data: that has a name to be asked by. */
const LOOKS = /^(?!s3:GetObject|secretsmanager:GetSecretValue|ssm:)[\w-]+:(Describe|List|Get)/;

const isNarrowForDelivery = (statement: Attributes): boolean =>
  isNarrow(statement) ||
  (list(statement.Action).every((action) => !action.includes("*")) &&
    list(statement.Action).every((action) => LOOKS.test(action) || DEPLOYED_WITHOUT_RESOURCE.has(action)));

/** A role is handed on only by name, and only to services that are named. */
const handsOnWithCare = ({ Effect, Action, Resource, Condition }: Attributes): boolean =>
  Effect === "Deny" ||
  !list(Action).some((action) => action === "iam:PassRole") ||
  (!list(Resource).includes("*") && get(Condition, ["StringEquals", "iam:PassedToService"]) !== undefined);

/** Tokens of GitHub are taken only with an exact audience and exact subjects. */
function trustsTokensExactly({ Principal, Condition }: Attributes): boolean {
  if (get(Principal, ["Federated"]) === undefined) return true;
  const exact = (claim: string): boolean => {
    const values = list(get(Condition, ["StringEquals", `token.actions.githubusercontent.com:${claim}`]));
    return values.length > 0 && values.every((value) => !/[*?]/.test(value));
  };
  return exact("aud") && exact("sub");
}

export const accessRules: readonly Rule[] = [
  everyStatement(
    "CKV_AWS_1, CKV_AWS_49, CKV_AWS_107-111, CKV2_AWS_40, AwsSolutions-IAM5",
    "aws_iam_policy",
    "policy",
    "names its actions and resources",
    isNarrowForDelivery,
    { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
  ),
  everyStatement("AWS-0342", "aws_iam_role_policy", "policy", "hands roles on with care", handsOnWithCare, {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::123456789012:role/nv-demo-*",
  }),
  everyStatement(
    "CKV_AWS_358, CKV_AWS_393",
    "aws_iam_role",
    "assume_role_policy",
    "takes tokens by exact audience and subject",
    trustsTokensExactly,
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:Octo-Example/*" } },
    },
  ),
  argument(
    "none: every role is bounded",
    "aws_iam_role",
    "permissions_boundary",
    (boundary) => boundary !== undefined,
    undefined,
  ),
  argument(
    "none: tokens are for AWS alone",
    "aws_iam_openid_connect_provider",
    "client_id_list",
    (audiences) => JSON.stringify(audiences) === '["sts.amazonaws.com"]',
    ["sts.amazonaws.com", "https://github.com/Octo-Example"],
  ),
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
