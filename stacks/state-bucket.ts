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
 * The bucket that keeps every stack's state, its own too, and the one that takes the access logs of all buckets. The first deployment
 * runs with a local state that is then moved into the bucket.
 */
export class StateBucketStack extends BaseStack {
  readonly outputs: Published<StateBucketOutputs>;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const accessLogs = new PrivateBucket(this, "AccessLogs", {
      thing: "access-logs",
      accessLogs: "none",
      encryption: "s3", // log delivery takes no other: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      expireAfterDays: 90,
      keepOldVersionsDays: 1,
      statements: (bucketArn) => [this.#logDelivery(bucketArn)],
    });
    const state = new PrivateBucket(this, "State", {
      thing: "state",
      accessLogs,
      encryption: "kms",
      keepOldVersionsDays: 90,
    });
    this.outputs = this.publish({ stateBucket: state.name, accessLogBucket: accessLogs.name });
  }

  #logDelivery(bucketArn: string): Statement {
    return {
      sid: "TakeAccessLogs",
      principals: { service: "logging.s3.amazonaws.com" },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions: { StringEquals: { "aws:SourceAccount": this.environment.accountId } },
    };
  }
}
