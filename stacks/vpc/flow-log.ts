import { FlowLog as VpcFlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Statement } from "../base/policy.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";

export interface FlowLogProps {
  readonly vpcId: string;
  readonly accessLogBucket: string;
}

/** A record of all traffic that was refused, as Parquet files that Athena reads. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, { vpcId, accessLogBucket }: FlowLogProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const bucket = new PrivateBucket(this, "Bucket", {
      thing: "flow-logs",
      accessLogs: { name: accessLogBucket },
      encryption: "s3", // the delivery has no right to AWS's own KMS key: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
      expireAfterDays: 90,
      keepOldVersionsDays: 1,
      statements: (bucketArn) => delivery(bucketArn, stack),
    });
    new VpcFlowLog(this, "Rejected", {
      vpcId,
      trafficType: "REJECT",
      logDestinationType: "s3",
      logDestination: bucket.arn,
      maxAggregationInterval: 600,
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: false },
      tags: { Name: stack.physicalName("tag", "rejected-traffic") },
      dependsOn: [bucket.policy],
    });
  }
}

function delivery(bucketArn: string, stack: BaseStack): Statement[] {
  const principals = { service: "delivery.logs.amazonaws.com" };
  const onOurBehalf = {
    StringEquals: { "aws:SourceAccount": stack.environment.accountId },
    ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
  };
  return [
    {
      sid: "TakeFlowLogs",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions: onOurBehalf,
    },
    {
      sid: "ShowBucketToFlowLogs",
      principals,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: [bucketArn],
      conditions: onOurBehalf,
    },
  ];
}
