import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { SyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary/index.js";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { services } from "../../services/services.ts";
import { readSecret } from "../base/access.ts";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { policyDocument, type Statement, serviceTrust } from "../base/policy.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";

export interface CanaryProps {
  readonly bundle: Bundle;
  readonly apiUrl: string;
  readonly apiKeySecretArn: string;
  readonly accessLogBucket: string;
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_puppeteer.html
 */
const RUNTIME = "syn-nodejs-puppeteer-15.0";
const DAILY_AT_NOON = "cron(0 12 * * ? *)"; // UTC.
const RUN_RETENTION_DAYS = 31;

/** A CloudWatch Synthetics canary that signs in once a day and performs every operation of a user. */
export class Canary extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: CanaryProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    this.name = stack.physicalName("canary", "canary");
    const runs = new PrivateBucket(this, "Runs", {
      name: "canary-runs",
      accessLogs: { name: props.accessLogBucket },
      encryption: "kms",
      expireAfterDays: RUN_RETENTION_DAYS,
      noncurrentVersionDays: 1,
    });
    const role = new IamRole(this, "Role", {
      name: stack.physicalName("role", "canary"),
      description: `Role of the canary ${this.name}`,
      assumeRolePolicy: serviceTrust("lambda.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "Permissions", {
      name: "canary",
      role: role.name,
      policy: policyDocument([
        ...runStatements(runs.arn, stack.arn("logs", `log-group:/aws/lambda/cwsyn-${this.name}-*`)),
        readSecret("ReadApiKeySecret", props.apiKeySecretArn),
      ]),
    });
    const code = new TerraformAsset(this, "Code", {
      path: props.bundle.path,
      type: AssetType.FILE,
      assetHash: Buffer.from(props.bundle.sha256, "base64").toString("hex"),
    });
    new SyntheticsCanary(this, "Canary", {
      name: this.name,
      artifactS3Location: `s3://${runs.name}/`,
      executionRoleArn: role.arn,
      runtimeVersion: RUNTIME,
      handler: services.canary.handler,
      zipFile: code.path,
      schedule: { expression: DAILY_AT_NOON },
      runConfig: {
        timeoutInSeconds: 120,
        memoryInMb: 960,
        activeTracing: true,
        environmentVariables: {
          LOG_LEVEL: "INFO",
          SERVICE_NAME: "canary",
          API_URL: props.apiUrl,
          API_KEY_SECRET_ARN: props.apiKeySecretArn,
        },
      },
      startCanary: true,
      deleteLambda: true,
      successRetentionPeriod: RUN_RETENTION_DAYS,
      failureRetentionPeriod: RUN_RETENTION_DAYS,
      dependsOn: [permissions, runs.policy],
    });
  }
}

/**
 * The permissions that Synthetics itself needs:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
 */
function runStatements(bucketArn: string, logGroupArn: string): Statement[] {
  return [
    { sid: "WriteRuns", actions: ["s3:PutObject"], resources: [`${bucketArn}/*`] },
    { sid: "LocateBucket", actions: ["s3:GetBucketLocation"], resources: [bucketArn] },
    {
      sid: "WriteLog",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroupArn, `${logGroupArn}:*`],
    },
    // These actions do not support resource-level permissions.
    { sid: "ListBuckets", actions: ["s3:ListAllMyBuckets"], resources: ["*"] },
    { sid: "WriteTrace", actions: ["xray:PutTraceSegments"], resources: ["*"] },
    {
      sid: "WriteMetrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
    },
  ];
}
