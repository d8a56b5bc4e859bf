import { describe, expect, it } from "vitest";
import { readSchema } from "./schema/aws.ts";
import { UNKNOWN } from "./unknown.ts";
import { validate } from "./validate.ts";

const schemas = readSchema().resource_schemas;

/** The diagnostics for a configuration with only these arguments. */
function diagnostics(type: string, config: Record<string, unknown>): string[] {
  const schema = schemas[type];
  if (!schema) throw new Error(type);
  return validate(schema, config).map(({ summary, detail }) => `${summary} ${detail}`.trim());
}

describe("validate", () => {
  it.each([
    [
      "aws_vpc",
      { instance_tenancy: "shared" },
      'expected instance_tenancy to be one of ["default" "dedicated"], got shared',
    ],
    ["aws_vpc", { cidr_block: "10.23.0.0/99" }, "invalid CIDR address: 10.23.0.0/99"],
    ["aws_sqs_queue", { delay_seconds: 901 }, "expected delay_seconds to be in the range (0 - 900), got 901"],
    ["aws_sqs_queue", { policy: "{" }, '"policy" contains an invalid JSON'],
    ["aws_sqs_queue", { name: "a", name_prefix: "b" }, '"name": conflicts with name_prefix'],
    ["aws_lambda_function", { role: "worker", filename: "a.zip" }, '"role" (worker) is an invalid ARN'],
    ["aws_lambda_function", {}, "one of `filename,image_uri,s3_bucket` must be specified"],
    ["aws_route53_record", { alias: [{}], records: ["a"] }, "only one of `alias,records` can be specified"],
    [
      "aws_s3_bucket_versioning",
      { versioning_configuration: [{ status: "On" }] },
      "expected versioning_configuration.0.status to be one of",
    ],
  ])("reports the same problem as the real provider: %s %o", (type, config, expected) => {
    expect(diagnostics(type, config)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it("accepts valid, absent and unknown values", () => {
    expect(diagnostics("aws_vpc", { cidr_block: "10.23.0.0/16", instance_tenancy: "default" })).toEqual([]);
    expect(diagnostics("aws_vpc", { cidr_block: UNKNOWN, instance_tenancy: UNKNOWN })).toEqual([]);
    expect(diagnostics("aws_sqs_queue", { name: null, name_prefix: "b", delay_seconds: 900 })).toEqual([]);
    expect(diagnostics("aws_lambda_function", { filename: UNKNOWN, runtime: "nodejs24.x" })).toEqual([]);
    for (const days of [0, 7, 30]) {
      expect(diagnostics("aws_secretsmanager_secret", { name: "a", recovery_window_in_days: days })).toEqual([]);
    }
  });
});
