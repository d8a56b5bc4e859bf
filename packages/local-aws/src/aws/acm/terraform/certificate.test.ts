import { afterEach, beforeEach, expect, it } from "vitest";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { certificateResource } from "./certificate.ts";

const DOMAIN = "files.example.org";
let workspace: TerraformWorkspace;

beforeEach(async () => {
  workspace = new TerraformWorkspace({ resources: [certificateResource] });
  await workspace.start();
});

afterEach(() => workspace.stop());

it("computes the DNS record that validates the domain, and plans no changes after that", async () => {
  await workspace.apply({
    resource: {
      aws_acm_certificate: { own: { domain_name: DOMAIN, validation_method: "DNS" } },
      aws_route53_record: {
        validation: {
          // As with AWS, the domains are known at plan time.
          for_each:
            "${{ for option in aws_acm_certificate.own.domain_validation_options : option.domain_name => option }}",
          zone_id: "Z1",
          ttl: 300,
          name: "${each.value.resource_record_name}",
          type: "${each.value.resource_record_type}",
          records: ["${each.value.resource_record_value}"],
        },
      },
    },
  });
  const [option] = workspace.attributes("aws_acm_certificate.own").domain_validation_options as {
    [name: string]: string;
  }[];
  expect(option?.resource_record_name).toMatch(/^_[0-9a-f]{32}\.files\.example\.org\.$/);
  expect(option?.resource_record_value).toMatch(/^_[0-9a-f]{32}\.[0-9a-f]{10}\.acm-validations\.aws\.$/);
  expect(workspace.attributes("aws_acm_certificate.own").subject_alternative_names).toEqual([DOMAIN]);
  const secondPlan = await workspace.plan();
  expect(secondPlan.code, secondPlan.output).toBe(0);
});

it("has no DNS records with email validation", async () => {
  await workspace.apply({
    resource: { aws_acm_certificate: { own: { domain_name: DOMAIN, validation_method: "EMAIL" } } },
  });
  expect(workspace.attributes("aws_acm_certificate.own").domain_validation_options).toEqual([]);
});
