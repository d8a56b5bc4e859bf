import { type Area, type Place, prefixed, regional, type ServiceCalls } from "./service-calls.ts";

/** Where data lies. Nothing here reads a file, a row, a message or the value of a secret. */
export const data: Area = {
  name: "data",
  calls: (place) => [
    buckets(place),
    programObjects(place),
    databases(place),
    caches(place),
    tables(place),
    queues(place),
    secrets(place),
  ],
};

const buckets = (place: Place): ServiceCalls => ({
  name: "Buckets",
  types: [
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_notification",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ],
  resources: [`arn:aws:s3:::${place.prefix}-*`],
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
    ...(place.emptiesBuckets ? ["DeleteObject", "DeleteObjectVersion", "ListBucketVersions"] : []),
  ]),
});

/** The programs of virtual machines, which Terraform itself uploads. */
const programObjects = (place: Place): ServiceCalls => ({
  name: "Programs",
  types: ["aws_s3_object"],
  resources: [`arn:aws:s3:::${place.prefix}-programs*/*`],
  read: prefixed("s3", ["GetObject", "GetObjectTagging"]),
  write: prefixed("s3", ["DeleteObject", "DeleteObjectVersion", "PutObject", "PutObjectTagging"]),
});

const databases = (place: Place): ServiceCalls => ({
  name: "Databases",
  types: ["aws_db_instance", "aws_db_parameter_group", "aws_db_subnet_group"],
  resources: [
    ...["db", "pg", "snapshot", "subgrp"].map((kind) => regional(place, "rds", `${kind}:${place.prefix}-*`)),
    regional(place, "rds", "og:default*"),
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
  anywhere: {
    read: prefixed("rds", [
      "DescribeDBInstances",
      "DescribeDBParameterGroups",
      "DescribeDBParameters",
      "DescribeDBSubnetGroups",
    ]),
  },
});

const caches = (place: Place): ServiceCalls => ({
  name: "Caches",
  types: [
    "aws_elasticache_parameter_group",
    "aws_elasticache_replication_group",
    "aws_elasticache_subnet_group",
    "aws_elasticache_user",
    "aws_elasticache_user_group",
  ],
  resources: ["cluster", "parametergroup", "replicationgroup", "subnetgroup", "user", "usergroup"].map((kind) =>
    regional(place, "elasticache", `${kind}:${place.prefix}-*`),
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

const tables = (place: Place): ServiceCalls => ({
  name: "Tables",
  types: ["aws_dynamodb_table"],
  resources: [regional(place, "dynamodb", `table/${place.prefix}-*`)],
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

const queues = (place: Place): ServiceCalls => ({
  name: "Queues",
  types: ["aws_sqs_queue", "aws_sqs_queue_policy", "aws_sqs_queue_redrive_allow_policy"],
  resources: [regional(place, "sqs", `${place.prefix}-*`)],
  read: prefixed("sqs", ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"]),
  write: prefixed("sqs", ["CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"]),
});

/**
 * The provider does not look at a value that it wrote by a write-only argument, since 6.26 (https://github.com/hashicorp/terraform-provider-aws/pull/44876);
 * an older one needs `secretsmanager:GetSecretValue`, which nobody here has. RDS makes its own secret in the name of who makes the database.
 */
const secrets = (place: Place): ServiceCalls => ({
  name: "Secrets",
  types: ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"],
  resources: [
    regional(place, "secretsmanager", `secret:${place.prefix}-*`),
    regional(place, "secretsmanager", "secret:rds!*"),
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
  anywhere: { read: ["secretsmanager:GetRandomPassword"] }, // an ephemeral value is made at every plan, and thrown away
});
