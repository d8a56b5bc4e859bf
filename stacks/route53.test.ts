import { expect, it } from "vitest";
import { resource, stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withDomain } = testEnvironments;

it("has no resources and empty outputs without a domain", () => {
  const stack = stackOf(synthesize(prod), "route53");
  expect(stack.resource).toEqual({});
  expect(stack.output).toEqual({
    zone_id: { value: "" },
    name_servers: { value: [] },
    certificate_arn: { value: "" },
  });
});

it("creates the hosted zone and a certificate that is validated by a record in it", () => {
  const stack = stackOf(synthesize(withDomain), "route53");
  expect(resource(stack, "aws_route53_zone").name).toBe("files.example.com");
  expect(stack.output?.name_servers?.value).toBe("${aws_route53_zone.Zone.name_servers}");
  expect(resource(stack, "aws_acm_certificate")).toMatchObject({
    domain_name: "files.example.com",
    validation_method: "DNS",
  });
  expect(resource(stack, "aws_route53_record")).toMatchObject({
    zone_id: "${aws_route53_zone.Zone.zone_id}",
    ttl: 300,
  });
  // Resources that use the certificate wait until it is valid.
  expect(stack.output?.certificate_arn?.value).toMatch(/^\$\{aws_acm_certificate_validation\.\w+\.certificate_arn\}$/);
});
