import { Instance } from "@cdktf/provider-aws/lib/instance/index.js";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair/index.js";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { allowConversation, allowFromOutside, allowToOutside } from "./constructs/conversation.ts";
import { MachineRole } from "./constructs/machine-role.ts";
import { machineTemplate } from "./constructs/machine-template.ts";
import { NamedSecurityGroup } from "./constructs/named-security-group.ts";
import type { SumOutputs } from "./sum.ts";
import { databasePort, HTTPS, SSH } from "./vpc/ports.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface BastionOutputs {
  /** For `aws ssm start-session --target`. */
  readonly instanceId: string;
}

export interface BastionStackProps extends StackProps {
  readonly vpc: Published<VpcOutputs>;
  readonly sum: Published<SumOutputs>;
}

/** An address that would let everybody in, or none at all. */
export class BastionAddressError extends Error {
  override readonly name = "BastionAddressError";
  readonly code = "BastionAddress";
}

/**
 * The way in for who looks after the adder's machine and the database. By SSH it is open to `bastion.allowedIps` alone; when there are none it has
 * no open port and no public address, and Session Manager is the way.
 */
export class BastionStack extends BaseStack {
  readonly outputs: Published<BastionOutputs>;

  constructor(scope: Construct, id: string, props: BastionStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const { allowedIps, sshPublicKey } = this.environment.bastion;
    const isOpen = allowedIps.length > 0;

    const group = new NamedSecurityGroup(this, "SecurityGroup", {
      vpcId: vpc.vpcId,
      thing: "bastion",
      description: "The bastion",
    });
    allowedIps.forEach((cidrBlock, index) => {
      requireNarrow(cidrBlock);
      allowFromOutside(group, `Visitor${index}`, { party: group, cidrBlock, port: SSH, what: "SSH" });
    });
    allowToOutside(group, "ToAws", { party: group, cidrBlock: "0.0.0.0/0", port: HTTPS, what: "Session Manager" });
    const adder = { id: this.read(props.sum).adderSecurityGroupId, description: "The adder program" };
    const database = { id: vpc.databaseSecurityGroupId, description: "PostgreSQL" };
    allowConversation(group, "ToAdder", { from: group, to: adder, port: SSH, what: "SSH" });
    const sql = { from: group, to: database, port: databasePort(this.environment), what: "SQL" };
    allowConversation(group, "ToDatabase", sql);

    const role = new MachineRole(this, "Machine", {
      thing: "bastion",
      description: "How Session Manager gets into the bastion",
      statements: [],
    });
    const key =
      sshPublicKey === undefined
        ? undefined
        : new KeyPair(this, "Key", { keyName: this.physicalName("keyPair", "bastion"), publicKey: sshPublicKey });
    const template = machineTemplate(this, "Template", {
      thing: "bastion",
      instanceType: "t4g.nano",
      profileArn: role.profileArn,
      securityGroupId: group.id,
      publicAddress: isOpen,
      keyName: key?.keyName,
    });
    const subnetIds = isOpen ? vpc.publicSubnetIds : vpc.privateSubnetIds;
    const instance = new Instance(this, "Instance", {
      launchTemplate: { id: template.id, version: "$Latest" },
      subnetId: Fn.element([...subnetIds], 0),
      tags: { Name: this.physicalName("tag", "bastion") },
    });
    this.outputs = this.publish({ instanceId: instance.id });
  }
}

/** One address or a small network, never the internet. */
function requireNarrow(cidrBlock: string): void {
  const [, bits = "0"] = /^(?:\d{1,3}\.){3}\d{1,3}\/(\d{1,2})$/.exec(cidrBlock) ?? [];
  if (Number(bits) >= 8 && Number(bits) <= 32) return;
  throw new BastionAddressError(
    `bastion.allowedIps has "${cidrBlock}"; it takes blocks of at most a /8, such as 203.0.113.7/32.`,
  );
}
