import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object/index.js";
import { AssetType, Fn, TerraformAsset, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { type Access, traceAccess } from "../base/access.ts";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { InstanceRole } from "../constructs/instance-role.ts";
import { LakeSubscription } from "../constructs/lake-subscription.ts";
import { launchTemplate } from "../constructs/launch-template.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import type { SecurityGroupReference } from "../constructs/security-group-rules.ts";
import type { VpcOutputs } from "../vpc.ts";
import { adderUserData } from "./adder-user-data.ts";
import { LOG_RETENTION_DAYS } from "./container-service.ts";
import { programSecurityGroup } from "./program-security-group.ts";
import { PROGRAM_PORT, type ProgramTargetGroup } from "./program-target-group.ts";

export interface AdderProps {
  readonly bundle: Bundle;
  readonly vpc: VpcOutputs;
  readonly targets: ProgramTargetGroup;
  readonly access: Access;
  readonly certificates: string;
  readonly accessLogBucket: string;
}

/** The adder on an EC2 instance, which its Auto Scaling group replaces when it is unhealthy or the program changes. */
export class Adder extends Construct {
  readonly group: SecurityGroupReference;
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: AdderProps) {
    super(scope, id);
    const { vpc, targets, access } = props;
    const stack = BaseStack.of(this);
    const { region } = stack.environment;
    this.group = programSecurityGroup(this, "SecurityGroup", { service: "adder", vpc, environment: stack.environment });

    const logGroup = new CloudwatchLogGroup(this, "Log", {
      name: "/ec2/adder-service",
      retentionInDays: LOG_RETENTION_DAYS,
    });
    new LakeSubscription(this, "Lake", { logGroup });
    const program = this.#program(props.bundle, props.accessLogBucket);
    const traces = traceAccess(stack.environment, "AWS::EC2::Instance");
    const role = new InstanceRole(this, "Machine", {
      name: "adder",
      description: "Role of the adder's instance",
      statements: [
        { sid: "ReadProgram", actions: ["s3:GetObject"], resources: [program.arn] },
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [`${logGroup.arn}:*`],
        },
        ...access.statements,
        ...traces.statements,
      ],
    });
    // A Terraform local, because cdktf escapes the references in the argument of a Terraform function.
    const userData = new TerraformLocal(
      this,
      "UserData",
      adderUserData({
        program: program.address,
        region,
        logGroup: logGroup.name,
        certificates: props.certificates,
        variables: {
          AWS_REGION: region,
          LOG_LEVEL: "INFO",
          NODE_ENV: "production",
          SERVICE_NAME: "adder",
          PORT: String(PROGRAM_PORT),
          ...access.variables,
          ...traces.variables,
        },
      }),
    );
    const template = launchTemplate(this, "Template", {
      name: "adder",
      instanceType: "t4g.micro",
      profileArn: role.profileArn,
      securityGroupId: this.group.id,
      publicAddress: false,
      userData: Fn.base64encode(userData.asString),
    });
    this.groupName = stack.physicalName("autoScalingGroup", "adder");
    new AutoscalingGroup(this, "Group", {
      name: this.groupName,
      minSize: 1,
      maxSize: 2, // The second one exists while the first one is replaced.
      desiredCapacity: 1,
      vpcZoneIdentifier: [...vpc.privateSubnetIds],
      targetGroupArns: [targets.arn],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 180, // Seconds to install the packages and the program.
      waitForElbCapacity: 1,
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
      },
      tag: [{ key: "Name", value: this.groupName, propagateAtLaunch: true }],
    });
  }

  /** Uploads the zip file with its hash as the key, so that a new program replaces the instance. */
  #program(bundle: Bundle, accessLogBucket: string): { readonly arn: string; readonly address: string } {
    const bucket = new PrivateBucket(this, "Programs", {
      name: "programs",
      accessLogs: { name: accessLogBucket },
      encryption: "kms",
      noncurrentVersionDays: 30,
    });
    const hash = Buffer.from(bundle.sha256, "base64").toString("hex");
    const asset = new TerraformAsset(this, "Code", { path: bundle.path, type: AssetType.FILE, assetHash: hash });
    const object = new S3Object(this, "Program", {
      bucket: bucket.name,
      key: `adder/${hash}.zip`,
      source: asset.path,
      dependsOn: [...bucket.protections],
    });
    return { arn: `${bucket.arn}/${object.key}`, address: `s3://${bucket.name}/${object.key}` };
  }
}
