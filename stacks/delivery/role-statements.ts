import { physicalName } from "../base/naming.ts";
import type { Statement } from "../base/policy.ts";
import type { Environment } from "../environment/environment.ts";
import { type ArnScope, globalArn, prefixed, regionalArn } from "./actions/service-actions.ts";

/** The only AWS managed policy that a stack may attach; it allows Session Manager on an instance. */
const SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

/** The services to which a stack may pass a role. */
const SERVICES_WITH_ROLES = [
  "ec2.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "firehose.amazonaws.com",
  "lambda.amazonaws.com",
  "logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "scheduler.amazonaws.com",
  "synthetics.amazonaws.com",
];

/**
 * The services that need a service-linked role when they are first used:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const SERVICES_WITH_LINKED_ROLES = [
  "autoscaling.amazonaws.com",
  "ecs.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "rds.amazonaws.com",
];

/** The resource types for which {@link readRoles} and {@link writeRoles} allow the actions. */
export const ROLE_TYPES = [
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
];

/** Allows reading states, and locking them, which planning requires too. */
export function readStates(stateBucketArn: string, environmentName: string): Statement[] {
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    { sid: "ReadStates", actions: ["s3:GetObject"], resources: [`${stateBucketArn}/${environmentName}/*.tfstate`] },
    {
      sid: "LockStates",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/${environmentName}/*.tfstate.tflock`],
    },
  ];
}

export function writeStates(stateBucketArn: string, environmentName: string): Statement[] {
  return [
    { sid: "WriteStates", actions: ["s3:PutObject"], resources: [`${stateBucketArn}/${environmentName}/*.tfstate`] },
  ];
}

/** Allows reading or writing the plans that await approval. */
export const plansStatement = (
  sid: string,
  action: "GetObject" | "PutObject",
  artifactBucketArn: string,
): Statement => ({
  sid,
  actions: [`s3:${action}`],
  resources: [`${artifactBucketArn}/plans/*`],
});

export const listPlans = (artifactBucketArn: string): Statement => ({
  sid: "ListPlans",
  actions: ["s3:ListBucket"],
  resources: [artifactBucketArn],
});

export function readRoles(arnScope: ArnScope): Statement[] {
  return [
    {
      sid: "ReadRoles",
      actions: prefixed("iam", [
        "GetInstanceProfile",
        "GetPolicy",
        "GetPolicyVersion",
        "GetRole",
        "GetRolePolicy",
        "ListAttachedRolePolicies",
        "ListInstanceProfilesForRole",
        "ListPolicyVersions",
        "ListRolePolicies",
      ]),
      resources: ["instance-profile", "policy", "role"].map((kind) =>
        globalArn(arnScope, "iam", `${kind}/${arnScope.prefix}-*`),
      ),
    },
    {
      sid: "ReadOidcProvider",
      actions: ["iam:GetOpenIDConnectProvider"],
      resources: [globalArn(arnScope, "iam", "oidc-provider/*")],
    },
  ];
}

/** Allows creating roles only with the permissions boundary, and passing them only to the services in use. */
export function writeRoles(arnScope: ArnScope, workloadBoundaryArn: string): Statement[] {
  const roles = [globalArn(arnScope, "iam", `role/${arnScope.prefix}-*`)];
  const withBoundary = { "iam:PermissionsBoundary": workloadBoundaryArn };
  return [
    {
      sid: "CreateRolesWithBoundary",
      actions: prefixed("iam", ["CreateRole", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"]),
      resources: roles,
      conditions: { StringEquals: withBoundary },
    },
    {
      sid: "AttachSessionManagerPolicy",
      actions: prefixed("iam", ["AttachRolePolicy", "DetachRolePolicy"]),
      resources: roles,
      conditions: { StringEquals: withBoundary, ArnEquals: { "iam:PolicyARN": SESSION_MANAGER } },
    },
    {
      sid: "UpdateRoles",
      actions: prefixed("iam", [
        "DeleteRole",
        "TagRole",
        "UntagRole",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
        "UpdateRoleDescription",
      ]),
      resources: roles,
    },
    {
      sid: "PassRoles",
      actions: ["iam:PassRole"],
      resources: roles,
      conditions: { StringEquals: { "iam:PassedToService": SERVICES_WITH_ROLES } },
    },
    {
      sid: "WriteInstanceProfiles",
      actions: prefixed("iam", [
        "AddRoleToInstanceProfile",
        "CreateInstanceProfile",
        "DeleteInstanceProfile",
        "RemoveRoleFromInstanceProfile",
        "TagInstanceProfile",
        "UntagInstanceProfile",
      ]),
      resources: [globalArn(arnScope, "iam", `instance-profile/${arnScope.prefix}-*`), ...roles],
    },
    {
      sid: "CreateServiceLinkedRoles",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [globalArn(arnScope, "iam", "role/aws-service-role/*")],
      conditions: { StringEquals: { "iam:AWSServiceName": SERVICES_WITH_LINKED_ROLES } },
    },
  ];
}

/** Allows pushing images. Tags are immutable, so existing images cannot be overwritten. */
export function pushImages(arnScope: ArnScope): Statement[] {
  return [
    { sid: "AuthenticateToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "PushImages",
      actions: prefixed("ecr", [
        "BatchCheckLayerAvailability",
        "BatchGetImage",
        "CompleteLayerUpload",
        "DescribeImages",
        "GetDownloadUrlForLayer",
        "InitiateLayerUpload",
        "PutImage",
        "UploadLayerPart",
      ]),
      resources: [regionalArn(arnScope, "ecr", `repository/${arnScope.prefix}-*`)],
    },
  ];
}

/** Allows updating the stages of the Releases system and writing the history of releases. */
export function updateReleases(arnScope: ArnScope, environment: Environment): Statement[] {
  const released = regionalArn(arnScope, "lambda", `function:${physicalName(environment, "function", "build-info")}`);
  return [
    {
      sid: "UpdateAliases",
      actions: prefixed("lambda", ["GetAlias", "GetFunctionConfiguration", "ListVersionsByFunction", "UpdateAlias"]),
      resources: [released, `${released}:*`],
    },
    {
      sid: "ReadAndWriteHistory",
      actions: ["dynamodb:PutItem", "dynamodb:Query"],
      resources: [regionalArn(arnScope, "dynamodb", `table/${physicalName(environment, "table", "releases")}`)],
    },
    {
      sid: "ReadAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: [regionalArn(arnScope, "cloudwatch", "alarm:*")],
    },
  ];
}
