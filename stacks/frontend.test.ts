import { describe, expect, it } from "vitest";
import { routes } from "../services/api/routes.ts";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withDomain } = testEnvironments;
const stack = stackOf(synthesize(prod, routes), "frontend");

describe("the API", () => {
  it("has the routes of the service, all with the authorizer except the health check", () => {
    const created = resources(stack, "aws_apigatewayv2_route").map(({ route_key, authorization_type }) => [
      route_key,
      authorization_type,
    ]);
    expect(Object.fromEntries(created)).toEqual(
      Object.fromEntries(
        routes.map(({ method, path, authorization }) => [
          `${method} ${path}`,
          authorization === "user" ? "CUSTOM" : "NONE",
        ]),
      ),
    );
    expect(created.filter(([, type]) => type === "NONE")).toEqual([["GET /health", "NONE"]]);
  });

  it("has a request authorizer with simple responses that are cached for 5 minutes", () => {
    expect(resource(stack, "aws_apigatewayv2_authorizer")).toMatchObject({
      authorizer_type: "REQUEST",
      authorizer_payload_format_version: "2.0",
      enable_simple_responses: true,
      identity_sources: ["$request.header.Authorization"],
      authorizer_result_ttl_in_seconds: 300,
    });
  });

  it("is the only principal that may invoke its functions, and invokes the authorizer only as an authorizer", () => {
    const sources = resources(stack, "aws_lambda_permission").map(
      ({ source_arn, principal }) => `${principal} ${source_arn}`,
    );
    const api = String.raw`\$\{aws_apigatewayv2_api\.\w+\.execution_arn\}`;
    const authorizer = String.raw`\$\{aws_apigatewayv2_authorizer\.\w+\.id\}`;
    expect(sources).toEqual([
      expect.stringMatching(new RegExp(`^apigateway\\.amazonaws\\.com ${api}/authorizers/${authorizer}$`)),
      expect.stringMatching(new RegExp(`^apigateway\\.amazonaws\\.com ${api}/\\*/\\*$`)),
    ]);
  });

  it("logs neither headers nor query strings, which contain credentials and signatures", () => {
    const { access_log_settings } = resource(stack, "aws_apigatewayv2_stage");
    const { format } = access_log_settings as { format: string };
    expect(Object.keys(JSON.parse(format))).toContain("requestId");
    expect(format).not.toMatch(/header|query|identity\.(?!sourceIp|userAgent)/i);
  });
});

it("allows each function to read only its own secrets", () => {
  const readable = Object.fromEntries(
    resources(stack, "aws_iam_role_policy").map(({ role, policy }) => [
      /_?(Api|Authorizer)Function/.exec(String(role))?.[1],
      statements(policy)
        .filter(({ Action }) => Action === "secretsmanager:GetSecretValue")
        .map(({ Resource }) => String(Resource).replace(/.*outputs\.(\w+)\}/, "$1")),
    ]),
  );
  expect(readable).toEqual({
    Api: ["postgres_secret_arn"],
    Authorizer: ["client_secret_arn", "api_key_secret_arn"],
  });
});

it("attaches only the api function to the VPC", () => {
  const networks = resources(stack, "aws_lambda_function").map(({ function_name, vpc_config }) => [
    function_name,
    vpc_config !== undefined,
  ]);
  expect(networks).toEqual([
    ["nv-demo-api", true],
    ["nv-demo-authorizer", false],
  ]);
});

it("uses the execute-api endpoint without a domain, and only the custom domain with one", () => {
  expect(resource(stack, "aws_apigatewayv2_api").disable_execute_api_endpoint).toBe(false);
  expect(stack.output?.api_url?.value).toMatch(/api_endpoint\}$/);

  const custom = stackOf(synthesize(withDomain), "frontend");
  expect(resource(custom, "aws_apigatewayv2_api").disable_execute_api_endpoint).toBe(true);
  expect(custom.output?.api_url?.value).toBe("https://files.example.com");
  expect(resource(custom, "aws_route53_record")).toMatchObject({ type: "A", name: "files.example.com" });
});
