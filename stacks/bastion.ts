import { Instance } from "@cdktf/provider-aws/lib/instance/index.js";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair/index.js";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import { ANYWHERE } from "./base/cidr-blocks.ts";
import type { Published } from "./base/outputs.ts";
import { databasePort, HTTPS, SSH } from "./base/ports.ts";
import { InstanceRole } from "./constructs/instance-role.ts";
import { launchTemplate } from "./constructs/launch-template.ts";
import { NamedSecurityGroup } from "./constructs/named-security-group.ts";
import { allowBetweenGroups, allowFromCidr, allowToCidr } from "./constructs/security-group-rules.ts";
import type { SumOutputs } from "./sum.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface BastionOutputs {
  /** The target of `aws ssm start-session`. */
  readonly instanceId: string;
}

export interface BastionStackProps extends StackProps {
  readonly vpc: Published<VpcOutputs>;
  readonly sum: Published<SumOutputs>;
}

/** `bastion.allowedIps` contains an address range that is invalid or too wide. */
export class BastionAddressError extends Error {
  override readonly name = "BastionAddressError";
  readonly code = "INVALID_BASTION_ADDRESS";
}

/**
 * The bastion host, from which operators reach the adder's instance and the database. It accepts SSH from
 * `bastion.allowedIps` only. Without allowed addresses it has no open port and no public address, and operators connect
 * with Session Manager.
 */
export class BastionStack extends BaseStack {
  readonly outputs: Published<BastionOutputs>;

  constructor(scope: Construct, id: string, props: BastionStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const { allowedIps, sshPublicKey } = this.environment.bastion;
    const isPublic = allowedIps.length > 0;

    const group = new NamedSecurityGroup(this, "SecurityGroup", {
      vpcId: vpc.vpcId,
      name: "bastion",
      description: "The bastion",
    });
    allowedIps.forEach((cidrBlock, index) => {
      requireNarrow(cidrBlock);
      allowFromCidr(group, `Visitor${index}`, { group, cidrBlock, port: SSH, traffic: "SSH" });
    });
    allowToCidr(group, "ToAws", { group, cidrBlock: ANYWHERE, port: HTTPS, traffic: "Session Manager" });
    // The descriptions are those of the groups themselves: they are part of the rules' descriptions.
    const adder = { id: this.read(props.sum).adderSecurityGroupId, description: "The adder program" };
    const database = { id: vpc.databaseSecurityGroupId, description: "PostgreSQL" };
    allowBetweenGroups(group, "ToAdder", { from: group, to: adder, port: SSH, traffic: "SSH" });
    const sql = { from: group, to: database, port: databasePort(this.environment), traffic: "SQL" };
    allowBetweenGroups(group, "ToDatabase", sql);

    const role = new InstanceRole(this, "Machine", {
      name: "bastion",
      description: "Role of the bastion, for Session Manager",
      statements: [],
    });
    const key =
      sshPublicKey === undefined
        ? undefined
        : new KeyPair(this, "Key", { keyName: this.physicalName("keyPair", "bastion"), publicKey: sshPublicKey });
    const template = launchTemplate(this, "Template", {
      name: "bastion",
      instanceType: "t4g.nano",
      profileArn: role.profileArn,
      securityGroupId: group.id,
      publicAddress: isPublic,
      keyName: key?.keyName,
    });
    const subnetIds = isPublic ? vpc.publicSubnetIds : vpc.privateSubnetIds;
    const instance = new Instance(this, "Instance", {
      launchTemplate: { id: template.id, version: "$Latest" },
      subnetId: Fn.element([...subnetIds], 0),
      tags: { Name: this.physicalName("tag", "bastion") },
    });
    this.outputs = this.publish({ instanceId: instance.id });
  }
}

/** @throws BastionAddressError unless it is an IPv4 range of at most a /8. */
function requireNarrow(cidrBlock: string): void {
  const [, bits = "0"] = /^(?:\d{1,3}\.){3}\d{1,3}\/(\d{1,2})$/.exec(cidrBlock) ?? [];
  if (Number(bits) >= 8 && Number(bits) <= 32) return;
  throw new BastionAddressError(
    `bastion.allowedIps contains "${cidrBlock}"; use IPv4 ranges of at most a /8, such as 203.0.113.7/32.`,
  );
}
