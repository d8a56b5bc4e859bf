import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy/index.js";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy/index.js";
import type { Construct } from "constructs";
import { type Access, cacheAccess, databaseAccess } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { denyPlainHttp, policyDocument } from "./base/policy.ts";
import { type FunctionNetwork, NodeFunction } from "./constructs/node-function.ts";
import { PrivateBucket } from "./constructs/private-bucket.ts";
import type { ElasticacheOutputs } from "./elasticache.ts";
import type { PostgresOutputs } from "./postgres.ts";
import { Reconciliation } from "./s3-storage/reconciliation.ts";
import type { SecretsOutputs } from "./secrets.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface S3StorageOutputs {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly updateFunction: string;
  readonly reconcileFunction: string;
}

export interface S3StorageStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  /** Undefined in an environment without a cache. */
  readonly elasticache: Published<ElasticacheOutputs> | undefined;
  /** The service that updates the database from the events of the bucket. */
  readonly updateBundle: Bundle;
}

const FILES_EXPIRE_AFTER_DAYS = 30;
/** The maximum of SQS, to leave time for an investigation. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 3600;

/**
 * The bucket of the files, and what updates the database after every change: the bucket sends events to a queue, a
 * function processes them, and events that fail go to the dead-letter queue. A nightly reconciliation repairs what no
 * event reported.
 */
export class S3StorageStack extends BaseStack {
  readonly outputs: Published<S3StorageOutputs>;

  constructor(scope: Construct, id: string, props: S3StorageStackProps) {
    super(scope, id, props);
    const { accessLogBucket } = this.read(props.stateBucket);
    const storage = new PrivateBucket(this, "Storage", {
      name: "storage",
      accessLogs: { name: accessLogBucket },
      encryption: "kms",
      expireAfterDays: FILES_EXPIRE_AFTER_DAYS,
      noncurrentVersionDays: 7,
    });
    const { queue, deadLetters } = this.#queues();
    this.#notify(storage, queue);
    const access = this.#access(props, storage);
    const vpc = this.read(props.vpc);
    const network = { subnetIds: vpc.privateSubnetIds, securityGroupId: vpc.updateSecurityGroupId };
    const update = this.#updateFunction(props.updateBundle, access, network, queue);
    const reconciliation = new Reconciliation(this, "Reconciliation", {
      bundle: props.updateBundle,
      bucketName: storage.name,
      access,
      network,
    });
    this.outputs = this.publish({
      bucketName: storage.name,
      bucketArn: storage.arn,
      queueName: queue.name,
      deadLetterQueueName: deadLetters.name,
      updateFunction: update.name,
      reconcileFunction: reconciliation.functionName,
    });
  }

  #queues(): { queue: SqsQueue; deadLetters: SqsQueue } {
    const { updates } = this.environment;
    const deadLetters = new SqsQueue(this, "DeadLetters", {
      name: this.physicalName("queue", "storage-events-dead"),
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    const queue = new SqsQueue(this, "Events", {
      name: this.physicalName("queue", "storage-events"),
      visibilityTimeoutSeconds: updates.visibilityTimeout,
      messageRetentionSeconds: 4 * 24 * 3600,
      receiveWaitTimeSeconds: 20,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: updates.maxReceives }),
    });
    new SqsQueueRedriveAllowPolicy(this, "DeadLettersOf", {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
    });
    new SqsQueuePolicy(this, "DeadLettersPolicy", {
      queueUrl: deadLetters.url,
      policy: policyDocument([denyPlainHttp("sqs", [deadLetters.arn])]),
    });
    return { queue, deadLetters };
  }

  /** Sends every change to the queue, including objects that the lifecycle rule expires. */
  #notify(storage: PrivateBucket, queue: SqsQueue): void {
    const policy = new SqsQueuePolicy(this, "EventsPolicy", {
      queueUrl: queue.url,
      policy: policyDocument([
        denyPlainHttp("sqs", [queue.arn]),
        {
          sid: "SendBucketEvents",
          principals: { service: "s3.amazonaws.com" },
          actions: ["sqs:SendMessage"],
          resources: [queue.arn],
          conditions: {
            ArnEquals: { "aws:SourceArn": storage.arn },
            StringEquals: { "aws:SourceAccount": this.environment.accountId },
          },
        },
      ]),
    });
    new S3BucketNotification(this, "Notification", {
      bucket: storage.name,
      queue: [
        {
          id: "storage-events",
          queueArn: queue.arn,
          events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"],
        },
      ],
      dependsOn: [policy], // S3 sends a test message before it accepts the queue.
    });
  }

  /** What the service that updates the database needs. */
  #access(props: S3StorageStackProps, storage: PrivateBucket): Access {
    const { postgresSecretArn: secretArn } = this.read(props.secrets);
    const database = databaseAccess(this.environment, { ...this.read(props.postgres), secretArn });
    const cache = cacheAccess(this.environment, props.elasticache && this.read(props.elasticache));
    return {
      variables: { ...database.variables, ...cache.variables },
      statements: [
        ...database.statements,
        ...cache.statements,
        { sid: "ReadFiles", actions: ["s3:GetObject"], resources: [`${storage.arn}/*`] },
        // Without it S3 returns 403 instead of 404 for a file that was deleted.
        { sid: "ListFiles", actions: ["s3:ListBucket"], resources: [storage.arn] },
      ],
    };
  }

  #updateFunction(bundle: Bundle, access: Access, network: FunctionNetwork, queue: SqsQueue): NodeFunction {
    const update = new NodeFunction(this, "UpdateFunction", {
      service: "postgres-update",
      bundle,
      description: "Updates the database from the events of the storage bucket",
      variables: access.variables,
      statements: [
        ...access.statements,
        {
          sid: "ReceiveEvents",
          actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
          resources: [queue.arn],
        },
      ],
      timeout: this.environment.updates.functionTimeout,
      memory: 256,
      network,
    });
    new LambdaEventSourceMapping(this, "EventsToUpdate", {
      eventSourceArn: queue.arn,
      functionName: update.resource.arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 5 }, // Every concurrent execution holds a database connection.
    });
    return update;
  }
}
