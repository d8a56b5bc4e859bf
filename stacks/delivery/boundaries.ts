import type { Statement } from "../base/policy.ts";
import { global, type Place, prefixed, regional } from "./calls/service-calls.ts";

/** The guarded things of an environment, by name. */
export interface Guarded {
  /** ARN of what no role of the stacks may exceed. */
  readonly workloadBoundaryArn: string;
  readonly stateBucketArn: string;
  readonly artifactBucketArn: string;
  /** Keys of states that only a person changes. */
  readonly guardedStates: readonly string[];
}

/**
 * The most that a program may be allowed by any stack, whatever its own policy says: to work with the environment's data and to tell how it went.
 * Never to make or take a role, and never to look at a Terraform state.
 */
export function workloadBoundary(place: Place, { stateBucketArn }: Pick<Guarded, "stateBucketArn">): Statement[] {
  const { prefix } = place;
  return [
    {
      sid: "Objects",
      actions: ["s3:*Object*", "s3:ListBucket*", "s3:GetBucketLocation"],
      resources: [`arn:aws:s3:::${prefix}-*`],
    },
    {
      sid: "NoState",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [stateBucketArn, `${stateBucketArn}/*`],
    },
    {
      sid: "Data",
      actions: ["dynamodb:*Item", "dynamodb:Query", "dynamodb:Scan", "sqs:*Message", "sqs:GetQueue*", "sns:Publish"],
      resources: [
        regional(place, "dynamodb", `table/${prefix}-*`),
        regional(place, "sqs", `${prefix}-*`),
        regional(place, "sns", `${prefix}-*`),
      ],
    },
    {
      sid: "Secrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [
        regional(place, "secretsmanager", `secret:${prefix}-*`),
        regional(place, "secretsmanager", "secret:rds!*"),
      ],
    },
    {
      sid: "Cache",
      actions: ["elasticache:Connect"],
      resources: ["replicationgroup", "user"].map((kind) => regional(place, "elasticache", `${kind}:${prefix}-*`)),
    },
    {
      sid: "Functions",
      actions: ["lambda:InvokeFunction", "lambda:GetAlias", "lambda:UpdateAlias"],
      resources: [regional(place, "lambda", `function:${prefix}-*`)],
    },
    {
      sid: "Images",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [regional(place, "ecr", `repository/${prefix}-*`)],
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
      resources: [regional(place, "logs", "log-group:*")],
    },
    {
      sid: "KeysOfServices",
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: [regional(place, "kms", "key/*")],
    },
    { sid: "WithoutResource", actions: WITHOUT_RESOURCE, resources: ["*"] },
  ];
}

/** What AWS lets nobody narrow to a resource; and Session Manager, by which people get into a machine. */
const WITHOUT_RESOURCE = [
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
 * The most that a workflow may be allowed. Inside the services that it deploys it is bounded by its own policies; what no policy can give it is to touch
 * what bounds it: the roles of delivery, the boundaries, the trust in GitHub, the states of those who deploy it, and users.
 *
 * @param services the services that are in use, by their prefix in actions
 */
export function deliveryBoundary(place: Place, guarded: Guarded, services: readonly string[]): Statement[] {
  const { prefix } = place;
  const { workloadBoundaryArn, stateBucketArn, artifactBucketArn } = guarded;
  return [
    { sid: "ServicesInUse", actions: services.map((service) => `${service}:*`), resources: ["*"] },
    {
      sid: "KeepDelivery",
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
        global(place, "iam", `role/${prefix}*-delivery-*`),
        global(place, "iam", `policy/${prefix}-*`),
        global(place, "iam", "oidc-provider/*"),
        global(place, "iam", "user/*"),
        global(place, "iam", "group/*"),
      ],
    },
    {
      sid: "BoundEveryRole",
      effect: "Deny",
      actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": workloadBoundaryArn } },
    },
    { sid: "KeepBoundaries", effect: "Deny", actions: ["iam:DeleteRolePermissionsBoundary"], resources: ["*"] },
    {
      sid: "KeepBuckets",
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
      sid: "KeepOwnStates",
      effect: "Deny",
      actions: ["s3:DeleteObject", "s3:PutObject"],
      resources: guarded.guardedStates.map((key) => `${stateBucketArn}/${key}`),
    },
  ];
}
