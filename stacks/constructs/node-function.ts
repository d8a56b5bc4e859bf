import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { type FunctionName, services } from "../../services/services.ts";
import { BaseStack } from "../base/base-stack.ts";
import type { Bundle } from "../base/bundles.ts";
import { policyDocument, type Statement, serviceTrust } from "../base/policy.ts";
import { LakeSubscription } from "./lake-subscription.ts";

export interface NodeFunctionProps {
  /** Folder name under `services/`, which is also the function's name after the prefix. */
  readonly service: FunctionName;
  /** Suffix of the name, for a service with several functions. */
  readonly stage?: string;
  readonly bundle: Bundle;
  /** Whether every change of the code or the configuration publishes a version. */
  readonly publish?: boolean;
  readonly description: string;
  /** Environment variables; never the value of a secret. */
  readonly variables: Readonly<Record<string, string>>;
  /** Permissions in addition to writing logs and traces. */
  readonly statements: readonly Statement[];
  /** In seconds. */
  readonly timeout: number;
  /** In MB; CPU power is proportional to it: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  readonly memory: number;
  /** `internet` for functions that use no resource in the VPC. */
  readonly network: FunctionNetwork | "internet";
  /** The limit of concurrent executions; by default that of the account. */
  readonly reservedConcurrency?: number | undefined;
  /** Whether the log gets into the log lake; default: it does. */
  readonly inLogLake?: false;
}

export interface FunctionNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** The permissions with which Lambda attaches a function to a VPC. They do not support resource-level permissions. */
const NETWORK_INTERFACE_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** The Lambda function of a service, with a least-privilege role, a log group and X-Ray tracing. */
export class NodeFunction extends Construct {
  readonly resource: LambdaFunction;
  readonly name: string;
  readonly arn: string;
  readonly invokeArn: string;
  readonly role: IamRole;
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const name = [props.service, props.stage].filter(Boolean).join("-");
    this.name = stack.physicalName("function", name);

    this.logGroup = new CloudwatchLogGroup(this, "Log", {
      name: `/aws/lambda/${this.name}`,
      retentionInDays: stack.environment.logRetentionDays,
    });
    if (props.inLogLake !== false) new LakeSubscription(this, "Lake", { logGroup: this.logGroup });
    this.role = new IamRole(this, "Role", {
      name: stack.physicalName("role", name),
      description: `Role of the function ${this.name}`,
      assumeRolePolicy: serviceTrust("lambda.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "Permissions", {
      name: "function",
      role: this.role.name,
      policy: policyDocument([
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${this.logGroup.arn}:*`],
        },
        // These do not support resource-level permissions:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
        { sid: "WriteTrace", actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] },
        ...(props.network === "internet" ? [] : networkStatements(stack.arn("lambda", `function:${this.name}`))),
        ...props.statements,
      ]),
    });
    const code = new TerraformAsset(this, "Code", {
      path: props.bundle.path,
      type: AssetType.FILE,
      assetHash: Buffer.from(props.bundle.sha256, "base64").toString("hex"),
    });
    this.resource = new LambdaFunction(this, "Function", {
      functionName: this.name,
      description: props.description,
      role: this.role.arn,
      runtime: stack.environment.lambdaRuntime,
      architectures: ["arm64"],
      handler: services[props.service].handler,
      filename: code.path,
      sourceCodeHash: props.bundle.sha256,
      ...(props.publish && { publish: true }),
      timeout: props.timeout,
      memorySize: props.memory,
      environment: { variables: { LOG_LEVEL: "INFO", SERVICE_NAME: props.service, ...props.variables } },
      loggingConfig: { logFormat: "JSON", logGroup: this.logGroup.name },
      tracingConfig: { mode: "Active" },
      ...(props.network !== "internet" && {
        vpcConfig: {
          subnetIds: [...props.network.subnetIds],
          securityGroupIds: [props.network.securityGroupId],
        },
      }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      dependsOn: [permissions], // Without them Lambda cannot attach the function to the VPC.
    });
    this.arn = this.resource.arn;
    this.invokeArn = this.resource.invokeArn;
  }
}

/**
 * Allows Lambda to manage network interfaces with the role, and denies it to the code of the function:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function networkStatements(functionArn: string): Statement[] {
  return [
    { sid: "AttachToVpc", actions: NETWORK_INTERFACE_ACTIONS, resources: ["*"] },
    {
      sid: "DenyNetworkInterfacesToCode",
      effect: "Deny",
      actions: NETWORK_INTERFACE_ACTIONS,
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    },
  ];
}
