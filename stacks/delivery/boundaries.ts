import type { Statement } from "../base/policy.ts";
import { type ArnScope, globalArn, prefixed, regionalArn } from "./actions/service-actions.ts";

/** The resources of an environment that workflows must not change. */
export interface ProtectedResources {
  /** The permissions boundary of the roles of all stacks. */
  readonly workloadBoundaryArn: string;
  readonly stateBucketArn: string;
  readonly artifactBucketArn: string;
  /** Keys of the states that only operators change. */
  readonly protectedStates: readonly string[];
}

/**
 * The permissions boundary of every program: access to the data of the environment, logs, metrics and traces. It
 * excludes managing or assuming roles and reading Terraform states, whatever the policy of a role allows.
 */
export function workloadBoundary(
  arnScope: ArnScope,
  { stateBucketArn }: Pick<ProtectedResources, "stateBucketArn">,
): Statement[] {
  const { prefix } = arnScope;
  return [
    {
      sid: "Objects",
      actions: ["s3:*Object*", "s3:*MultipartUpload*", "s3:ListBucket*", "s3:GetBucketLocation"],
      resources: [`arn:aws:s3:::${prefix}-*`],
    },
    {
      sid: "DenyStates",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [stateBucketArn, `${stateBucketArn}/*`],
    },
    {
      sid: "Data",
      actions: [
        "dynamodb:*Item",
        "dynamodb:Query",
        "dynamodb:Scan",
        "sns:Publish",
        "sqs:*Message",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueue*",
      ],
      resources: [
        regionalArn(arnScope, "dynamodb", `table/${prefix}-*`),
        regionalArn(arnScope, "sqs", `${prefix}-*`),
        regionalArn(arnScope, "sns", `${prefix}-*`),
      ],
    },
    {
      sid: "Secrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [
        regionalArn(arnScope, "secretsmanager", `secret:${prefix}-*`),
        regionalArn(arnScope, "secretsmanager", "secret:rds!*"),
      ],
    },
    {
      sid: "Cache",
      actions: ["elasticache:Connect"],
      resources: ["replicationgroup", "user"].map((kind) =>
        regionalArn(arnScope, "elasticache", `${kind}:${prefix}-*`),
      ),
    },
    {
      sid: "Functions",
      actions: prefixed("lambda", ["GetAlias", "GetFunctionConfiguration", "InvokeFunction", "UpdateAlias"]),
      resources: [regionalArn(arnScope, "lambda", `function:${prefix}-*`)],
    },
    {
      sid: "Streams",
      actions: ["firehose:PutRecord*"],
      resources: [regionalArn(arnScope, "firehose", `deliverystream/${prefix}-*`)],
    },
    {
      sid: "Images",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [regionalArn(arnScope, "ecr", `repository/${prefix}-*`)],
    },
    {
      sid: "Logs",
      actions: prefixed("logs", [
        "CreateLogGroup",
        "CreateLogStream",
        "DescribeLogStreams",
        "GetLogEvents",
        "PutLogEvents",
        "PutRetentionPolicy",
      ]),
      resources: [regionalArn(arnScope, "logs", "log-group:*")],
    },
    {
      sid: "Alarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: [regionalArn(arnScope, "cloudwatch", "alarm:*")],
    },
    {
      sid: "Keys",
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: [regionalArn(arnScope, "kms", "key/*")],
    },
    { sid: "Unscoped", actions: UNSCOPED_ACTIONS, resources: ["*"] },
  ];
}

/** Actions without resource-level permissions, and those of Session Manager, with which operators reach an instance. */
const UNSCOPED_ACTIONS = [
  "cloudwatch:PutMetricData",
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
  "ec2messages:*",
  "ecr:GetAuthorizationToken",
  "s3:ListAllMyBuckets",
  "ssm:*",
  "ssmmessages:*",
  "xray:Put*",
];

/**
 * The permissions boundary of the workflow roles. It allows the services in use, which the policies of each role limit
 * further, and denies changes to what protects the account: the delivery roles, the boundaries, the OIDC provider of
 * GitHub, the states of the stacks that operators deploy, and users.
 *
 * @param services the prefixes of the actions of the services in use.
 */
export function deliveryBoundary(
  arnScope: ArnScope,
  protectedResources: ProtectedResources,
  services: readonly string[],
): Statement[] {
  const { prefix } = arnScope;
  const { workloadBoundaryArn, stateBucketArn, artifactBucketArn } = protectedResources;
  return [
    { sid: "ServicesInUse", actions: services.map((service) => `${service}:*`), resources: ["*"] },
    {
      sid: "DenyDeliveryChanges",
      effect: "Deny",
      actions: prefixed("iam", [
        "Add*",
        "Attach*",
        "Create*",
        "Delete*",
        "Detach*",
        "Pass*",
        "Put*",
        "Remove*",
        "Set*",
        "Tag*",
        "Un*",
        "Up*",
      ]),
      resources: [
        globalArn(arnScope, "iam", `role/${prefix}*-delivery-*`),
        globalArn(arnScope, "iam", `policy/${prefix}-*`),
        globalArn(arnScope, "iam", "oidc-provider/*"),
        globalArn(arnScope, "iam", "user/*"),
        globalArn(arnScope, "iam", "group/*"),
      ],
    },
    {
      sid: "RequirePermissionsBoundary",
      effect: "Deny",
      actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": workloadBoundaryArn } },
    },
    { sid: "DenyBoundaryRemoval", effect: "Deny", actions: ["iam:DeleteRolePermissionsBoundary"], resources: ["*"] },
    {
      sid: "DenyBucketChanges",
      effect: "Deny",
      actions: prefixed("s3", [
        "DeleteBucket*",
        "DeleteObjectVersion",
        "PutBucket*",
        "PutEncryptionConfiguration",
        "PutLifecycleConfiguration",
      ]),
      resources: [stateBucketArn, artifactBucketArn].flatMap((bucket) => [bucket, `${bucket}/*`]),
    },
    {
      sid: "DenyProtectedStateChanges",
      effect: "Deny",
      actions: ["s3:DeleteObject", "s3:PutObject"],
      resources: protectedResources.protectedStates.map((key) => `${stateBucketArn}/${key}`),
    },
  ];
}
