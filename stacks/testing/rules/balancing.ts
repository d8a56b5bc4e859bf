import type { Attributes } from "../synthesize.ts";
import { argument, get, type Rule } from "./rule.ts";

const BALANCER = "aws_lb";
const LISTENER = "aws_lb_listener";

/** Whether a listener serves HTTPS or only redirects to HTTPS. */
const requiresHttps = (attributes: Attributes): boolean =>
  attributes.protocol === "HTTPS" || get(attributes, ["default_action", 0, "redirect", "protocol"]) === "HTTPS";

export const balancingRules: readonly Rule[] = [
  argument("CKV_AWS_131, AWS-0052, ELB.4", BALANCER, "drop_invalid_header_fields", true, false),
  argument("CKV_AWS_150, ELB.6", BALANCER, "enable_deletion_protection", true, false),
  argument("CKV_AWS_91, AwsSolutions-ELB2, ELB.5", BALANCER, "access_logs.enabled", true, false),
  argument(
    "CKV_AWS_328, ELB.12",
    BALANCER,
    "desync_mitigation_mode",
    (mode) => mode === "defensive" || mode === "strictest",
    "monitor",
  ),
  {
    ids: "CKV_AWS_2, CKV_AWS_378, CKV2_AWS_20, AWS-0054, ELB.1, ELB.18",
    type: LISTENER,
    requirement: "HTTPS, or a redirect to it",
    isMet: ({ attributes }) => requiresHttps(attributes),
    mutations: [
      ({ attributes }) => {
        attributes.protocol = "HTTP";
        attributes.default_action = [{ type: "forward" }];
      },
    ],
  },
  {
    ids: "CKV_AWS_103, CKV2_AWS_74, AWS-0047, ELB.17",
    type: LISTENER,
    requirement: "TLS 1.2 or newer",
    isMet: ({ attributes }) =>
      attributes.protocol !== "HTTPS" || String(attributes.ssl_policy).startsWith("ELBSecurityPolicy-TLS13-1-2-"),
    mutations: [
      ({ attributes }) => {
        attributes.protocol = "HTTPS";
        attributes.ssl_policy = "ELBSecurityPolicy-2016-08";
      },
    ],
  },
  argument("CKV_AWS_261", "aws_lb_target_group", "health_check.enabled", true, false),
];
