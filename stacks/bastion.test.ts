import { describe, expect, it } from "vitest";
import { BastionAddressError } from "./bastion.ts";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withVisitors } = testEnvironments;
if (!prod || !withVisitors) throw new Error("an environment is missing");
const closed = synthesize(prod);
const open = synthesize(withVisitors);
const network = (template: Record<string, unknown>) => (template.network_interfaces as Record<string, unknown>[])[0];

describe("without visitors", () => {
  const stack = stackOf(closed, "bastion");

  it("has no open port, no public address and no key", () => {
    expect(resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([]);
    expect(network(resource(stack, "aws_launch_template"))).toMatchObject({ associate_public_ip_address: "false" });
    expect(resources(stack, "aws_key_pair")).toEqual([]);
    expect(resource(stack, "aws_instance").subnet_id).toContain("private_subnet_ids");
  });

  it("lets Session Manager in", () => {
    expect(resource(stack, "aws_iam_role_policy_attachment").policy_arn).toBe(
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    );
  });

  it("leaves the public subnets' border closed to SSH", () => {
    expect(
      resources(stackOf(closed, "vpc"), "aws_network_acl_rule").filter(({ from_port }) => from_port === 22),
    ).toEqual([]);
  });
});

describe("with visitors", () => {
  const stack = stackOf(open, "bastion");

  it("takes SSH from their addresses alone, with their key", () => {
    const visitors = resources(stack, "aws_vpc_security_group_ingress_rule").filter(({ cidr_ipv4 }) => cidr_ipv4);
    expect(visitors.map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ["203.0.113.7/32", 22, 22],
      ["198.51.100.0/24", 22, 22],
    ]);
    expect(resource(stack, "aws_key_pair").public_key).toMatch(/^ssh-ed25519 /);
    expect(resource(stack, "aws_instance").subnet_id).toContain("public_subnet_ids");
  });

  it("has their addresses pass the public subnets' border", () => {
    const rules = resources(stackOf(open, "vpc"), "aws_network_acl_rule").filter(({ from_port }) => from_port === 22);
    expect(rules.map(({ cidr_block }) => cidr_block)).toEqual(["203.0.113.7/32", "198.51.100.0/24"]);
  });
});

it.each(["0.0.0.0/0", "10.0.0.0/7", "203.0.113.7", "::/0", "everybody"])("refuses %s as an address", (address) => {
  const local = environment("local");
  const bastion = { ...local.bastion, allowedIps: [address] };
  expect(() => synthesize({ ...local, bastion })).toThrow(BastionAddressError);
});
