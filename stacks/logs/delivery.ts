import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, serviceTrust, serviceTrustWithExternalId } from "../base/policy.ts";
import { LAKE } from "../constructs/lake-subscription.ts";
import type { NodeFunction } from "../constructs/node-function.ts";
import type { PrivateBucket } from "../constructs/private-bucket.ts";

export interface DeliveryProps {
  readonly bucket: PrivateBucket;
  /** The function that transforms the records. */
  readonly normalize: NodeFunction;
  /** The prefixes of the entries and of records that could not be read, each with a slash at the end. */
  readonly prefixes: { readonly entries: string; readonly errors: string };
}

/** MB of an object before it is compressed, unless the interval ends earlier. */
const BUFFER_MEGABYTES = 64;
/**
 * The minimum. The records are compressed, about 1:10, and the response of the function is limited to 6 MB:
 * https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
const TRANSFORMATION_MEGABYTES = "0.2";

/** The delivery stream of the log lake, its role, and the role with which CloudWatch Logs sends to it. */
export class Delivery extends Construct {
  readonly stream: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, { bucket, normalize, prefixes }: DeliveryProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accountId, logLake, logRetentionDays } = stack.environment;
    const name = stack.physicalName("deliveryStream", LAKE.deliveryStream);
    const log = new CloudwatchLogGroup(this, "Log", {
      name: `/aws/kinesisfirehose/${name}`,
      retentionInDays: logRetentionDays,
    });
    const logStream = new CloudwatchLogStream(this, "LogStream", { name: "errors", logGroupName: log.name });
    const role = new IamRole(this, "Role", {
      name: stack.physicalName("role", "log-delivery"),
      description: `Role of the delivery stream ${name}`,
      assumeRolePolicy: serviceTrustWithExternalId("firehose.amazonaws.com", accountId),
    });
    const permissions = new IamRolePolicy(this, "Permissions", {
      name: "delivery",
      role: role.name,
      // https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
      policy: policyDocument([
        {
          sid: "WriteObjects",
          actions: ["s3:AbortMultipartUpload", "s3:PutObject"],
          resources: Object.values(prefixes).map((prefix) => `${bucket.arn}/${prefix}*`),
        },
        {
          sid: "FindUploads",
          actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          resources: [bucket.arn],
        },
        {
          sid: "TransformRecords",
          actions: ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
          resources: [normalize.arn, `${normalize.arn}:$LATEST`],
        },
        { sid: "WriteLog", actions: ["logs:PutLogEvents"], resources: [`${log.arn}:*`] },
      ]),
    });
    this.stream = new KinesisFirehoseDeliveryStream(this, "Stream", {
      name,
      destination: "extended_s3",
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
      extendedS3Configuration: {
        roleArn: role.arn,
        bucketArn: bucket.arn,
        prefix: `${prefixes.entries}day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${prefixes.errors}!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        compressionFormat: "GZIP",
        bufferingSize: BUFFER_MEGABYTES,
        bufferingInterval: logLake.bufferSeconds,
        cloudwatchLoggingOptions: { enabled: true, logGroupName: log.name, logStreamName: logStream.name },
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "Lambda", parameters: transformation(normalize) }],
        },
      },
      dependsOn: [permissions, ...bucket.protections],
    });
    this.#subscriptionRole(accountId);
  }

  #subscriptionRole(accountId: string): void {
    const stack = BaseStack.of(this);
    const role = new IamRole(this, "SubscriptionRole", {
      name: stack.physicalName("role", LAKE.subscriptionRole),
      description: "Role with which CloudWatch Logs sends to the log lake",
      assumeRolePolicy: serviceTrust("logs.amazonaws.com", accountId),
    });
    new IamRolePolicy(this, "SubscriptionPermissions", {
      name: "subscription",
      role: role.name,
      policy: policyDocument([
        {
          sid: "PutRecords",
          actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
          resources: [this.stream.arn],
        },
      ]),
    });
  }
}

/** Without the parameters that have their default values, which the provider would remove from the state. */
function transformation(normalize: NodeFunction) {
  const parameters = { LambdaArn: `${normalize.arn}:$LATEST`, BufferSizeInMBs: TRANSFORMATION_MEGABYTES };
  return Object.entries(parameters).map(([parameterName, parameterValue]) => ({ parameterName, parameterValue }));
}
