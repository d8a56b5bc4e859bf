import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import type { Statement } from "./base/policy.ts";
import { PrivateBucket } from "./constructs/private-bucket.ts";

export interface StateBucketOutputs {
  readonly stateBucket: string;
  readonly accessLogBucket: string;
}

/**
 * The bucket of the Terraform states of all stacks, including this one, and the bucket of the access logs of all
 * buckets. The first deployment uses a local state, which is then migrated to the bucket.
 */
export class StateBucketStack extends BaseStack {
  readonly outputs: Published<StateBucketOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const accessLogs = new PrivateBucket(this, "AccessLogs", {
      name: "access-logs",
      accessLogs: "none",
      // Log delivery supports no other:
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      encryption: "s3",
      expireAfterDays: 90,
      noncurrentVersionDays: 1,
      statements: (bucketArn) => [this.#logDelivery(bucketArn)],
    });
    const state = new PrivateBucket(this, "State", {
      name: "state",
      accessLogs,
      encryption: "kms",
      noncurrentVersionDays: 90,
    });
    this.outputs = this.publish({ stateBucket: state.name, accessLogBucket: accessLogs.name });
  }

  #logDelivery(bucketArn: string): Statement {
    return {
      sid: "DeliverAccessLogs",
      principals: { service: "logging.s3.amazonaws.com" },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions: { StringEquals: { "aws:SourceAccount": this.environment.accountId } },
    };
  }
}
