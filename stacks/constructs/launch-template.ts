import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template/index.js";
import type { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

export interface LaunchTemplateProps {
  /** The template's name after the prefix. */
  readonly name: string;
  readonly instanceType: string;
  readonly profileArn: string;
  readonly securityGroupId: string;
  /** In Base64. */
  readonly userData?: string;
  readonly keyName?: string | undefined;
  readonly publicAddress: boolean;
}

/**
 * The latest Amazon Linux at launch, so that replacing an instance also patches it:
 * https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** A launch template with an encrypted volume, and with instance metadata by IMDSv2 only and not from containers. */
export function launchTemplate(scope: Construct, id: string, props: LaunchTemplateProps): LaunchTemplate {
  const name = BaseStack.of(scope).physicalName("launchTemplate", props.name);
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
