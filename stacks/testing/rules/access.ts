import type { Attributes } from "../synthesize.ts";
import { argument, everyStatement, get, type Rule } from "./rule.ts";

/** Actions without resource-level permissions. */
const UNSCOPED_ACTION =
  /^(xray:Put|ec2:(Assign|Unassign|Create|Delete|Describe)|ecr:GetAuthorizationToken$|s3:ListAllMyBuckets$|cloudwatch:PutMetricData$)/;

const list = (value: unknown): string[] => [value ?? []].flat() as string[];

const namesActionsAndResources = ({ Effect, Action, Resource }: Attributes): boolean =>
  Effect === "Deny" ||
  (list(Action).every((action) => !action.includes("*")) &&
    (!list(Resource).includes("*") || list(Action).every((action) => UNSCOPED_ACTION.test(action))));

const namesPrincipal = ({ Principal }: Attributes): boolean => !JSON.stringify(Principal ?? "*").includes('"*"');

/** Actions of Terraform that create unnamed resources or have no resource-level permissions. */
const UNSCOPED_DEPLOYMENT_ACTIONS = new Set([
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

/** Actions that read the configuration of resources, but no data. */
const READ_ACTION = /^(?!s3:GetObject|secretsmanager:GetSecretValue|ssm:)[\w-]+:(Describe|List|Get)/;

const isLeastPrivilegeForDelivery = (statement: Attributes): boolean =>
  namesActionsAndResources(statement) ||
  (list(statement.Action).every((action) => !action.includes("*")) &&
    list(statement.Action).every((action) => READ_ACTION.test(action) || UNSCOPED_DEPLOYMENT_ACTIONS.has(action)));

/** Whether `iam:PassRole` is limited to roles and services. */
const limitsPassRole = ({ Effect, Action, Resource, Condition }: Attributes): boolean =>
  Effect === "Deny" ||
  !list(Action).some((action) => action === "iam:PassRole") ||
  (!list(Resource).includes("*") && get(Condition, ["StringEquals", "iam:PassedToService"]) !== undefined);

/** Whether tokens of GitHub are accepted only with exact audiences and subjects. */
function requiresExactClaims({ Principal, Condition }: Attributes): boolean {
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
    isLeastPrivilegeForDelivery,
    { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
  ),
  everyStatement("AWS-0342", "aws_iam_role_policy", "policy", "limits iam:PassRole", limitsPassRole, {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::123456789012:role/nv-demo-*",
  }),
  everyStatement(
    "CKV_AWS_358, CKV_AWS_393",
    "aws_iam_role",
    "assume_role_policy",
    "requires an exact audience and subject",
    requiresExactClaims,
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:Octo-Example/*" } },
    },
  ),
  argument(
    "none: every role has a permissions boundary",
    "aws_iam_role",
    "permissions_boundary",
    (boundary) => boundary !== undefined,
    undefined,
  ),
  argument(
    "none: the only audience is AWS",
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
    namesActionsAndResources,
    { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
  ),
  everyStatement(
    "CKV_AWS_60, CKV_AWS_61",
    "aws_iam_role",
    "assume_role_policy",
    "names its principals",
    namesPrincipal,
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
    },
  ),
  argument("CKV_AWS_7, AWS-0065, KMS.4", "aws_kms_key", "enable_key_rotation", true, false),
  everyStatement("CKV_AWS_33, KMS.5", "aws_kms_key", "policy", "names its principals", namesPrincipal, {
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
