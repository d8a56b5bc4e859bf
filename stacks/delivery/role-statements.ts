import { physicalName } from "../base/naming.ts";
import type { Statement } from "../base/policy.ts";
import type { Environment } from "../environment/environment.ts";
import { global, type Place, prefixed, regional } from "./calls/service-calls.ts";

/** What `AmazonSSMManagedInstanceCore` gives a machine; the only managed policy that a stack may attach. */
const SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

/** To whom a stack may hand a role. */
const ROLE_TAKERS = [
  "ec2.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "lambda.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "scheduler.amazonaws.com",
  "synthetics.amazonaws.com",
];

/** Services that make a role for themselves when they are first used: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
const SELF_SERVING = [
  "autoscaling.amazonaws.com",
  "ecs.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "rds.amazonaws.com",
];

/** Resource types whose calls {@link readRoles} and {@link writeRoles} are. */
export const ROLE_TYPES = [
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
];

/** The states, and the locks that even a plan takes. */
export function readStates(stateBucketArn: string, environmentName: string): Statement[] {
  return [
    { sid: "FindStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
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

/** The plans that wait for approval. */
export const plansStatement = (
  sid: string,
  action: "GetObject" | "PutObject",
  artifactBucketArn: string,
): Statement => ({
  sid,
  actions: [`s3:${action}`],
  resources: [`${artifactBucketArn}/plans/*`],
});

export const findPlans = (artifactBucketArn: string): Statement => ({
  sid: "FindPlans",
  actions: ["s3:ListBucket"],
  resources: [artifactBucketArn],
});

export function readRoles(place: Place): Statement[] {
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
        global(place, "iam", `${kind}/${place.prefix}-*`),
      ),
    },
    {
      sid: "ReadTrust",
      actions: ["iam:GetOpenIDConnectProvider"],
      resources: [global(place, "iam", "oidc-provider/*")],
    },
  ];
}

/** Roles are made only inside the boundary, and handed only to the services in use. */
export function writeRoles(place: Place, workloadBoundaryArn: string): Statement[] {
  const roles = [global(place, "iam", `role/${place.prefix}-*`)];
  const bounded = { "iam:PermissionsBoundary": workloadBoundaryArn };
  return [
    {
      sid: "MakeBoundRoles",
      actions: prefixed("iam", ["CreateRole", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"]),
      resources: roles,
      conditions: { StringEquals: bounded },
    },
    {
      sid: "LetSessionManagerIn",
      actions: prefixed("iam", ["AttachRolePolicy", "DetachRolePolicy"]),
      resources: roles,
      conditions: { StringEquals: bounded, ArnEquals: { "iam:PolicyARN": SESSION_MANAGER } },
    },
    {
      sid: "ChangeRoles",
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
      sid: "HandRoles",
      actions: ["iam:PassRole"],
      resources: roles,
      conditions: { StringEquals: { "iam:PassedToService": ROLE_TAKERS } },
    },
    {
      sid: "MakeProfiles",
      actions: prefixed("iam", [
        "AddRoleToInstanceProfile",
        "CreateInstanceProfile",
        "DeleteInstanceProfile",
        "RemoveRoleFromInstanceProfile",
        "TagInstanceProfile",
        "UntagInstanceProfile",
      ]),
      resources: [global(place, "iam", `instance-profile/${place.prefix}-*`), ...roles],
    },
    {
      sid: "LetServicesServeThemselves",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [global(place, "iam", "role/aws-service-role/*")],
      conditions: { StringEquals: { "iam:AWSServiceName": SELF_SERVING } },
    },
  ];
}

/** To push images that are not there yet, and no more: tags are immutable. */
export function pushImages(place: Place): Statement[] {
  return [
    { sid: "SignInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
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
      resources: [regional(place, "ecr", `repository/${place.prefix}-*`)],
    },
  ];
}

/** To move the stages of the Releases system from version to version, and to remember it. */
export function moveReleases(place: Place, environment: Environment): Statement[] {
  const released = regional(place, "lambda", `function:${physicalName(environment, "function", "build-info")}`);
  return [
    {
      sid: "MoveStages",
      actions: prefixed("lambda", ["GetAlias", "GetFunctionConfiguration", "ListVersionsByFunction", "UpdateAlias"]),
      resources: [released, `${released}:*`],
    },
    {
      sid: "Remember",
      actions: ["dynamodb:PutItem", "dynamodb:Query"],
      resources: [regional(place, "dynamodb", `table/${physicalName(environment, "table", "releases")}`)],
    },
    {
      sid: "LookAtAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: [regional(place, "cloudwatch", "alarm:*")],
    },
  ];
}
