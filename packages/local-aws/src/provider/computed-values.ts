import { ACCOUNT_ID, REGION } from "../runtime/account.ts";

/**
 * What AWS computes for attributes whose name alone does not tell it, by type: `{id}` and other attributes of the resource are filled in, `{RANDOM}` is
 * 16 random digits, and an empty text stays empty. Found by comparing states with those of hashicorp/aws.
 */
export const COMPUTED_VALUES: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  aws_autoscaling_group: {
    default_cooldown: 300,
    service_linked_role_arn: `arn:aws:iam::${ACCOUNT_ID}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  },
  aws_cloudwatch_dashboard: { dashboard_arn: "{arn}" },
  aws_default_security_group: { description: "default VPC security group" },
  aws_eip: {
    allocation_id: "{id}",
    // of an address that is not in use, and outside of telephone networks and Outposts
    association_id: "",
    carrier_ip: "",
    customer_owned_ip: "",
    private_ip: "",
  },
  aws_flow_log: {
    log_format:
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
  },
  aws_iam_instance_profile: { unique_id: "AIPA{RANDOM}" },
  aws_iam_policy: { policy_id: "ANPA{RANDOM}" },
  aws_iam_role: { unique_id: "AROA{RANDOM}" },
  aws_iam_user: { unique_id: "AIDA{RANDOM}" },
  aws_instance: {
    availability_zone: `${REGION}a`,
    instance_initiated_shutdown_behavior: "stop",
    instance_state: "running",
    private_dns: "ip-127-0-0-1.ec2.internal",
    public_ip: "",
    tenancy: "default",
  },
  aws_kms_alias: { target_key_arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/{target_key_id}` },
  aws_kms_key: { key_id: "{id}" },
  aws_route: { state: "active", origin: "CreateRoute", network_interface_id: "" },
  aws_route53_zone: { zone_id: "{id}" },
  aws_sns_topic: { beginning_archive_time: "" }, // of a topic that archives nothing
  aws_subnet: { private_dns_hostname_type_on_launch: "ip-name" },
  aws_vpc_endpoint: { state: "available" },
  aws_vpc_security_group_egress_rule: { security_group_rule_id: "{id}" },
  aws_vpc_security_group_ingress_rule: { security_group_rule_id: "{id}" },
};
