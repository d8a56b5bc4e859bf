import { describe, expect, it } from "vitest";
import { BastionAddressError } from "./bastion.ts";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

const withoutAddresses = synthesize(testEnvironments.prod);
const withAddresses = synthesize(testEnvironments["prod with a domain"]);
const network = (template: Record<string, unknown>) => (template.network_interfaces as Record<string, unknown>[])[0];

describe("without allowed addresses", () => {
  const stack = stackOf(withoutAddresses, "bastion");

  it("has no open port, no public address and no key pair", () => {
    expect(resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([]);
    expect(network(resource(stack, "aws_launch_template"))).toMatchObject({ associate_public_ip_address: "false" });
    expect(resources(stack, "aws_key_pair")).toEqual([]);
    expect(resource(stack, "aws_instance").subnet_id).toContain("private_subnet_ids");
  });

  it("allows Session Manager", () => {
    expect(resource(stack, "aws_iam_role_policy_attachment").policy_arn).toBe(
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    );
  });

  it("keeps SSH blocked by the network ACL of the public subnets", () => {
    const rules = resources(stackOf(withoutAddresses, "vpc"), "aws_network_acl_rule");
    expect(rules.filter(({ from_port }) => from_port === 22)).toEqual([]);
  });
});

describe("with allowed addresses", () => {
  const stack = stackOf(withAddresses, "bastion");

  it("accepts SSH from these addresses only, with the configured key", () => {
    const rules = resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ cidr_ipv4 }) => cidr_ipv4);
    expect(rules.map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ["203.0.113.7/32", 22, 22],
      ["198.51.100.0/24", 22, 22],
    ]);
    expect(resource(stack, "aws_key_pair").public_key).toMatch(/^ssh-ed25519 /);
    expect(resource(stack, "aws_instance").subnet_id).toContain("public_subnet_ids");
  });

  it("allows SSH from these addresses in the network ACL of the public subnets", () => {
    const rules = resources(stackOf(withAddresses, "vpc"), "aws_network_acl_rule");
    const ssh = rules.filter(({ from_port }) => from_port === 22);
    expect(ssh.map(({ cidr_block }) => cidr_block)).toEqual(["203.0.113.7/32", "198.51.100.0/24"]);
  });
});

it.each(["0.0.0.0/0", "10.0.0.0/7", "203.0.113.7", "::/0", "everyone"])("rejects %s as an address range", (address) => {
  const local = environment("local");
  const bastion = { ...local.bastion, allowedIps: [address] };
  expect(() => synthesize({ ...local, bastion })).toThrow(BastionAddressError);
});
