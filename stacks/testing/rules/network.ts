import type { Attributes } from "../synthesize.ts";
import { argument, companion, type Rule } from "./rule.ts";

const ANYWHERE = new Set(["0.0.0.0/0", "::/0"]);
const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

const isDescription = (text: unknown) => typeof text === "string" && text !== "";
const fromAnywhere = ({ cidr_ipv4, cidr_ipv6 }: Attributes) =>
  ANYWHERE.has(String(cidr_ipv4)) || ANYWHERE.has(String(cidr_ipv6));

/** Whether a rule of a network ACL allows ingress from anywhere to a port. */
const allowsAnywhere = ({ egress, cidr_block, from_port, to_port }: Attributes, port: number) =>
  egress !== true && ANYWHERE.has(String(cidr_block)) && Number(from_port) <= port && port <= Number(to_port);

export const networkRules: readonly Rule[] = [
  ...["aws_security_group", INGRESS, EGRESS].map((type) =>
    argument("CKV_AWS_23, AWS-0099, AWS-0124", type, "description", isDescription, ""),
  ),
  {
    ids: "CKV_AWS_24, CKV_AWS_25, CKV_AWS_260, CKV_AWS_277, AWS-0107, EC2.18, EC2.19",
    type: INGRESS,
    requirement: "does not allow every address",
    isMet: ({ attributes }) => !fromAnywhere(attributes),
    mutations: [
      ({ attributes }) => {
        attributes.cidr_ipv4 = "0.0.0.0/0";
      },
    ],
  },
  {
    ids: "CKV_AWS_382, AWS-0104",
    type: EGRESS,
    requirement: "does not allow every protocol or address",
    isMet: ({ attributes }) => !(attributes.ip_protocol === "-1" || fromAnywhere(attributes)),
    mutations: [
      ({ attributes }) => {
        attributes.ip_protocol = "-1";
      },
      ({ attributes }) => {
        attributes.cidr_ipv4 = "0.0.0.0/0";
      },
    ],
  },
  companion(
    "CKV2_AWS_12, AWS-0173, EC2.2",
    "aws_vpc",
    "aws_default_security_group",
    "vpc_id",
    ({ ingress, egress }) => ingress === undefined && egress === undefined,
    (group) => {
      group.ingress = [{ protocol: "-1" }];
    },
  ),
  argument("CKV_AWS_130, AWS-0164, EC2.15", "aws_subnet", "map_public_ip_on_launch", false, true),
  companion("CKV2_AWS_11, AWS-0178, EC2.6", "aws_vpc", "aws_flow_log", "vpc_id"),
  {
    ids: "CKV_AWS_231, CKV_AWS_232, CKV_AWS_352, AWS-0102, AWS-0105, EC2.21",
    type: "aws_network_acl_rule",
    requirement: "does not allow SSH or Remote Desktop from anywhere",
    isMet: ({ attributes }) =>
      !allowsAnywhere(attributes, 22) && !allowsAnywhere(attributes, 3389) && attributes.protocol === "tcp",
    mutations: [22, 3389].map((port) => ({ attributes }) => {
      Object.assign(attributes, { egress: false, cidr_block: "0.0.0.0/0", from_port: port, to_port: port });
    }),
  },
];
