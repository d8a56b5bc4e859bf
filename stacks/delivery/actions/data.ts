import { type ArnScope, type PolicyArea, prefixed, regionalArn, type ServiceActions } from "./service-actions.ts";

/** Data stores. None of these actions reads a file, an item, a message or the value of a secret. */
export const data: PolicyArea = {
  name: "data",
  services: (arnScope) => [
    buckets(arnScope),
    programObjects(arnScope),
    databases(arnScope),
    caches(arnScope),
    tables(arnScope),
    queues(arnScope),
    secrets(arnScope),
  ],
};

const buckets = (arnScope: ArnScope): ServiceActions => ({
  name: "Buckets",
  resourceTypes: [
    "aws_s3_bucket",
    "aws_s3_bucket_cors_configuration",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_notification",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ],
  resources: [`arn:aws:s3:::${arnScope.prefix}-*`],
  read: prefixed("s3", [
    "GetAccelerateConfiguration",
    "GetBucketAcl",
    "GetBucketCORS",
    "GetBucketLocation",
    "GetBucketLogging",
    "GetBucketNotification",
    "GetBucketObjectLockConfiguration",
    "GetBucketOwnershipControls",
    "GetBucketPolicy",
    "GetBucketPublicAccessBlock",
    "GetBucketRequestPayment",
    "GetBucketTagging",
    "GetBucketVersioning",
    "GetBucketWebsite",
    "GetEncryptionConfiguration",
    "GetLifecycleConfiguration",
    "GetReplicationConfiguration",
    "ListBucket",
    "ListTagsForResource",
  ]),
  write: prefixed("s3", [
    "CreateBucket",
    "DeleteBucket",
    "DeleteBucketPolicy",
    "PutBucketCORS",
    "PutBucketLogging",
    "PutBucketNotification",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketTagging",
    "PutBucketVersioning",
    "PutEncryptionConfiguration",
    "PutLifecycleConfiguration",
    "TagResource",
    "UntagResource",
    ...(arnScope.emptiesBuckets ? ["DeleteObject", "DeleteObjectVersion", "ListBucketVersions"] : []),
  ]),
});

/** The programs of EC2 instances, which Terraform uploads. */
const programObjects = (arnScope: ArnScope): ServiceActions => ({
  name: "ProgramObjects",
  resourceTypes: ["aws_s3_object"],
  resources: [`arn:aws:s3:::${arnScope.prefix}-programs*/*`],
  read: prefixed("s3", ["GetObject", "GetObjectTagging"]),
  write: prefixed("s3", ["DeleteObject", "DeleteObjectVersion", "PutObject", "PutObjectTagging"]),
});

const databases = (arnScope: ArnScope): ServiceActions => ({
  name: "Databases",
  resourceTypes: ["aws_db_instance", "aws_db_parameter_group", "aws_db_subnet_group"],
  resources: [
    ...["db", "pg", "snapshot", "subgrp"].map((kind) => regionalArn(arnScope, "rds", `${kind}:${arnScope.prefix}-*`)),
    regionalArn(arnScope, "rds", "og:default*"),
  ],
  read: ["rds:ListTagsForResource"],
  write: prefixed("rds", [
    "AddTagsToResource",
    "CreateDBInstance",
    "CreateDBParameterGroup",
    "CreateDBSnapshot",
    "CreateDBSubnetGroup",
    "DeleteDBInstance",
    "DeleteDBParameterGroup",
    "DeleteDBSubnetGroup",
    "ModifyDBInstance",
    "ModifyDBParameterGroup",
    "ModifyDBSubnetGroup",
    "RebootDBInstance",
    "RemoveTagsFromResource",
    "ResetDBParameterGroup",
  ]),
  unscoped: {
    read: prefixed("rds", [
      "DescribeDBInstances",
      "DescribeDBParameterGroups",
      "DescribeDBParameters",
      "DescribeDBSubnetGroups",
    ]),
  },
});

const caches = (arnScope: ArnScope): ServiceActions => ({
  name: "Caches",
  resourceTypes: [
    "aws_elasticache_parameter_group",
    "aws_elasticache_replication_group",
    "aws_elasticache_subnet_group",
    "aws_elasticache_user",
    "aws_elasticache_user_group",
  ],
  resources: ["cluster", "parametergroup", "replicationgroup", "subnetgroup", "user", "usergroup"].map((kind) =>
    regionalArn(arnScope, "elasticache", `${kind}:${arnScope.prefix}-*`),
  ),
  read: prefixed("elasticache", [
    "DescribeCacheClusters",
    "DescribeCacheParameterGroups",
    "DescribeCacheParameters",
    "DescribeCacheSubnetGroups",
    "DescribeReplicationGroups",
    "DescribeUserGroups",
    "DescribeUsers",
    "ListTagsForResource",
  ]),
  write: prefixed("elasticache", [
    "AddTagsToResource",
    "CreateCacheParameterGroup",
    "CreateCacheSubnetGroup",
    "CreateReplicationGroup",
    "CreateSnapshot",
    "CreateUser",
    "CreateUserGroup",
    "DecreaseReplicaCount",
    "DeleteCacheParameterGroup",
    "DeleteCacheSubnetGroup",
    "DeleteReplicationGroup",
    "DeleteUser",
    "DeleteUserGroup",
    "IncreaseReplicaCount",
    "ModifyCacheParameterGroup",
    "ModifyCacheSubnetGroup",
    "ModifyReplicationGroup",
    "ModifyUser",
    "ModifyUserGroup",
    "RemoveTagsFromResource",
    "ResetCacheParameterGroup",
  ]),
});

const tables = (arnScope: ArnScope): ServiceActions => ({
  name: "Tables",
  resourceTypes: ["aws_dynamodb_table"],
  resources: [regionalArn(arnScope, "dynamodb", `table/${arnScope.prefix}-*`)],
  read: prefixed("dynamodb", [
    "DescribeContinuousBackups",
    "DescribeTable",
    "DescribeTimeToLive",
    "ListTagsOfResource",
  ]),
  write: prefixed("dynamodb", [
    "CreateTable",
    "DeleteTable",
    "TagResource",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateTable",
    "UpdateTimeToLive",
  ]),
});

const queues = (arnScope: ArnScope): ServiceActions => ({
  name: "Queues",
  resourceTypes: ["aws_sqs_queue", "aws_sqs_queue_policy", "aws_sqs_queue_redrive_allow_policy"],
  resources: [regionalArn(arnScope, "sqs", `${arnScope.prefix}-*`)],
  read: prefixed("sqs", ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"]),
  write: prefixed("sqs", ["CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"]),
});

/**
 * Since 6.26 the provider does not read a value that it wrote with a write-only argument
 * (https://github.com/hashicorp/terraform-provider-aws/pull/44876); earlier versions need
 * `secretsmanager:GetSecretValue`, which no role has. RDS creates its secret with the permissions of the role that
 * creates the database.
 */
const secrets = (arnScope: ArnScope): ServiceActions => ({
  name: "Secrets",
  resourceTypes: ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"],
  resources: [
    regionalArn(arnScope, "secretsmanager", `secret:${arnScope.prefix}-*`),
    regionalArn(arnScope, "secretsmanager", "secret:rds!*"),
  ],
  read: prefixed("secretsmanager", ["DescribeSecret", "GetResourcePolicy", "ListSecretVersionIds"]),
  write: prefixed("secretsmanager", [
    "CreateSecret",
    "DeleteSecret",
    "PutSecretValue",
    "TagResource",
    "UntagResource",
    "UpdateSecret",
    "UpdateSecretVersionStage",
  ]),
  unscoped: { read: ["secretsmanager:GetRandomPassword"] }, // Every plan generates an ephemeral value and discards it.
});
