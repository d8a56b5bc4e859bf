import { FlowLog as VpcFlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Statement } from "../base/policy.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";

export interface FlowLogProps {
  readonly vpcId: string;
  readonly accessLogBucket: string;
}

/** A flow log of all rejected traffic, in Parquet format for Athena. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, { vpcId, accessLogBucket }: FlowLogProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const bucket = new PrivateBucket(this, "Bucket", {
      name: "flow-logs",
      accessLogs: { name: accessLogBucket },
      // The delivery cannot use the AWS managed KMS key:
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
      encryption: "s3",
      expireAfterDays: 90,
      noncurrentVersionDays: 1,
      statements: (bucketArn) => logDeliveryStatements(bucketArn, stack),
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

function logDeliveryStatements(bucketArn: string, stack: BaseStack): Statement[] {
  const principals = { service: "delivery.logs.amazonaws.com" };
  const conditions = {
    StringEquals: { "aws:SourceAccount": stack.environment.accountId },
    ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
  };
  return [
    {
      sid: "DeliverFlowLogs",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions,
    },
    {
      sid: "ReadBucketAcl",
      principals,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: [bucketArn],
      conditions,
    },
  ];
}
