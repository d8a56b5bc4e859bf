import { createHash } from "node:crypto";
import { uuid } from "../../../provider/identifiers.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";

/**
 * Certificates stay in PENDING_VALIDATION, because the local AWS does not use TLS, but have the DNS records that
 * validate the domains. As with ACM, the same domain always has the same record.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export const certificateResource: ResourceHandler = {
  type: "aws_acm_certificate",
  identifiers: { id: (_, randomHex) => uuid(randomHex(32)), arn: "acm:*:certificate/{id}", arnIsId: true },
  plan: (planned, prior) => {
    if (prior !== null || typeof planned.domain_name !== "string") return;
    if (planned.subject_alternative_names === UNKNOWN) planned.subject_alternative_names = [planned.domain_name];
    if (planned.validation_method !== "DNS") return;
    // As in hashicorp/aws, the domains are known at plan time, so that a configuration can use them in for_each.
    planned.domain_validation_options = domainsOf(planned).map(validationOption);
  },
  create: () => ({
    status: "PENDING_VALIDATION",
    type: "AMAZON_ISSUED",
    key_algorithm: "RSA_2048",
    renewal_eligibility: "INELIGIBLE",
  }),
};

function domainsOf({ domain_name, subject_alternative_names }: Attributes): string[] {
  const others = Array.isArray(subject_alternative_names) ? subject_alternative_names.map(String) : [];
  return [...new Set([String(domain_name), ...others])];
}

function validationOption(domain: string) {
  const token = (purpose: string, digits: number) =>
    createHash("sha256").update(`${purpose} ${domain}`).digest("hex").slice(0, digits);
  return {
    domain_name: domain,
    resource_record_name: `_${token("name", 32)}.${domain.replace(/^\*\./, "")}.`,
    resource_record_type: "CNAME",
    resource_record_value: `_${token("value", 32)}.${token("zone", 10)}.acm-validations.aws.`,
  };
}
