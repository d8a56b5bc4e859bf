import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template/index.js";
import type { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

export interface MachineTemplateProps {
  /** Its name after the prefix. */
  readonly thing: string;
  readonly instanceType: string;
  readonly profileArn: string;
  readonly securityGroupId: string;
  /** In base64, as EC2 takes it. */
  readonly userData?: string;
  readonly keyName?: string | undefined;
  readonly publicAddress: boolean;
}

/** The newest Amazon Linux when a machine starts, so that a machine that is replaced is patched: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** How a virtual machine is started: encrypted disk, and credentials only for who asks twice (IMDSv2) and from the machine itself. */
export function machineTemplate(scope: Construct, id: string, props: MachineTemplateProps): LaunchTemplate {
  const name = BaseStack.of(scope).physicalName("launchTemplate", props.thing);
  const tags = { Name: name };
  const config: LaunchTemplateConfig = {
    name,
    imageId: IMAGE,
    instanceType: props.instanceType,
    iamInstanceProfile: { arn: props.profileArn },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeSize: 10, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: String(props.publicAddress),
        securityGroups: [props.securityGroupId],
        deleteOnTermination: "true",
      },
    ],
    monitoring: { enabled: true },
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
    updateDefaultVersion: true,
    ...(props.userData !== undefined && { userData: props.userData }),
    ...(props.keyName !== undefined && { keyName: props.keyName }),
  };
  return new LaunchTemplate(scope, id, config);
}
