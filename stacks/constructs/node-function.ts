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

export interface NodeFunctionProps {
  /** The folder under `services/`, which is also the function's name after the prefix. */
  readonly service: FunctionName;
  /** Of several functions of one service: the word that tells this one apart, after the service's. */
  readonly stage?: string;
  readonly bundle: Bundle;
  /** Whether each change of code or configuration makes a version that stays. */
  readonly publish?: boolean;
  /** What it is for, as the console shows it. */
  readonly description: string;
  /** Variables of its environment; never the value of a secret. */
  readonly variables: Readonly<Record<string, string>>;
  /** What it may do beyond writing its log and trace. */
  readonly statements: readonly Statement[];
  /** Seconds. */
  readonly timeout: number;
  /** MB; processor time grows with it: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  readonly memory: number;
  /** Where it runs; `internet` for functions that use nothing in the VPC. */
  readonly network: FunctionNetwork | "internet";
  /** Copies that may run at the same time; without it the account's limit counts. */
  readonly reservedConcurrency?: number | undefined;
}

export interface FunctionNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** What Lambda does with the role when it attaches a function to a VPC; EC2 cannot narrow these to a resource. */
const NETWORK_INTERFACE_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** A Lambda function of one of our services, with a role that may do just what it needs, its log group and tracing. */
export class NodeFunction extends Construct {
  readonly function: LambdaFunction;
  readonly name: string;
  readonly arn: string;
  readonly invokeArn: string;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const thing = [props.service, props.stage].filter(Boolean).join("-");
    this.name = stack.physicalName("function", thing);

    const logGroup = new CloudwatchLogGroup(this, "Log", {
      name: `/aws/lambda/${this.name}`,
      retentionInDays: stack.environment.logRetentionDays,
    });
    this.role = new IamRole(this, "Role", {
      name: stack.physicalName("role", thing),
      description: `What the function ${this.name} may do`,
      assumeRolePolicy: serviceTrust("lambda.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "Permissions", {
      name: "function",
      role: this.role.name,
      policy: policyDocument([
        { sid: "WriteLog", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup.arn}:*`] },
        // X-Ray knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
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
    this.function = new LambdaFunction(this, "Function", {
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
      environment: { variables: { LOG_LEVEL: "INFO", POWERTOOLS_SERVICE_NAME: props.service, ...props.variables } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tracingConfig: { mode: "Active" },
      ...(props.network !== "internet" && {
        vpcConfig: {
          subnetIds: [...props.network.subnetIds],
          securityGroupIds: [props.network.securityGroupId],
        },
      }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      dependsOn: [permissions], // without them Lambda cannot attach it to the VPC
    });
    this.arn = this.function.arn;
    this.invokeArn = this.function.invokeArn;
  }
}

/** Lambda may manage network interfaces with the role, the function's own code may not: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
function networkStatements(functionArn: string): Statement[] {
  return [
    { sid: "AttachToVpc", actions: NETWORK_INTERFACE_ACTIONS, resources: ["*"] },
    {
      sid: "KeepCodeFromVpc",
      effect: "Deny",
      actions: NETWORK_INTERFACE_ACTIONS,
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    },
  ];
}
