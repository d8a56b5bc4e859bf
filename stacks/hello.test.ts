import { describe, expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withDomain } = testEnvironments;
const stack = stackOf(synthesize(prod), "hello");
const stages = prod.hello.stages.map(({ name }) => name);

describe("each stage", () => {
  it("has its own table, function and distribution", () => {
    expect(stages.length).toBeGreaterThanOrEqual(2);
    const names = (type: string, attribute: string) => resources(stack, type).map((created) => created[attribute]);
    expect(names("aws_dynamodb_table", "name")).toEqual(stages.map((name) => `nv-demo-hello-${name}`));
    expect(names("aws_lambda_function", "function_name")).toEqual(stages.map((name) => `nv-demo-hello-${name}`));
    expect(
      resources(stack, "aws_cloudfront_distribution").map(({ origin }) => (origin as [{ origin_path: string }])[0]),
    ).toEqual(stages.map((name) => expect.objectContaining({ origin_path: expect.stringContaining(`Stage-${name}`) })));
  });

  it("invokes only its own function, which accesses only its own table", () => {
    const variables = resources(stack, "aws_apigatewayv2_stage").map(({ stage_variables }) => stage_variables);
    expect(variables).toEqual(stages.map((name) => ({ functionName: `nv-demo-hello-${name}` })));
    expect(resource(stack, "aws_apigatewayv2_integration").integration_uri).toContain(
      "$${stageVariables.functionName}/",
    );
    const sources = resources(stack, "aws_lambda_permission").map(({ source_arn }) => String(source_arn));
    expect(sources).toEqual(stages.map((name) => expect.stringMatching(new RegExp(`execution_arn\\}/${name}/\\*$`))));
    for (const [index, { policy }] of resources(stack, "aws_iam_role_policy").entries()) {
      const tables = statements(policy).filter(({ Action }) => String(Action).includes("dynamodb:"));
      expect(tables.map(({ Resource }) => String(Resource))).toEqual([
        expect.stringMatching(new RegExp(`aws_dynamodb_table\\.Stage-${stages[index]}_\\w+\\.arn`)),
      ]);
    }
  });

  it("has alarms", () => {
    const alarms = resources(stack, "aws_cloudwatch_metric_alarm").map(({ alarm_name }) => String(alarm_name));
    for (const name of stages) {
      for (const suffix of ["errors", "throttles", "server-errors", "slow", "table-throttles", "edge-errors"]) {
        expect(alarms).toContain(`nv-demo-hello-${name}-${suffix}`);
      }
    }
  });
});

it("does not log user names, which are part of the path", () => {
  for (const { access_log_settings } of resources(stack, "aws_apigatewayv2_stage")) {
    const { format } = access_log_settings as { format: string };
    expect(Object.values(JSON.parse(format))).toContain("$context.routeKey");
    expect(format).not.toMatch(/\$context\.path/);
  }
});

it("caches no errors in CloudFront, and nothing beyond the Cache-Control header", () => {
  const [distribution] = resources(stack, "aws_cloudfront_distribution");
  const errors = distribution?.custom_error_response as { error_code: number; error_caching_min_ttl: number }[];
  expect(errors.map(({ error_code }) => error_code)).toEqual([400, 403, 404, 405, 414, 500, 501, 502, 503, 504]);
  expect(errors.every(({ error_caching_min_ttl }) => error_caching_min_ttl === 0)).toBe(true);
  expect(resource(stack, "aws_cloudfront_cache_policy")).toMatchObject({ min_ttl: 0, default_ttl: 0 });
});

it("enables deletion protection of the tables only where data is kept on destroy", () => {
  const protections = (name: "local" | "prod") =>
    resources(stackOf(synthesize(name === "prod" ? prod : environment(name)), "hello"), "aws_dynamodb_table").map(
      ({ deletion_protection_enabled }) => deletion_protection_enabled,
    );
  expect(protections("prod")).toEqual([true, true]);
  expect(protections("local")).toEqual([false, false]);
});

it("has a subdomain with a certificate per stage, and CloudFront domain names without a domain", () => {
  expect(resources(stack, "aws_cloudfront_distribution").map(({ viewer_certificate }) => viewer_certificate)).toEqual(
    stages.map(() => ({ cloudfront_default_certificate: true })),
  );
  const custom = stackOf(synthesize(withDomain), "hello");
  const [live] = resources(custom, "aws_cloudfront_distribution");
  expect(live?.aliases).toEqual(["hello.files.example.com"]);
  expect(resources(custom, "aws_acm_certificate").map(({ domain_name }) => domain_name)).toEqual([
    "hello.files.example.com",
    "hello-test.files.example.com",
  ]);
  expect(custom.output?.urls?.value).toEqual([
    "https://hello.files.example.com",
    "https://hello-test.files.example.com",
  ]);
});
