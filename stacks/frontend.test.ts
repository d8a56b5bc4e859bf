import { describe, expect, it } from "vitest";
import { routes as fileRoutes } from "../services/api/routes.ts";
import { routes as docsRoutes } from "../services/docs/routes.ts";
import { routes as uiRoutes } from "../services/ui/routes.ts";
import { routes as userRoutes } from "../services/users/routes.ts";
import { resource, resources, stackOf, statements, synthesize, testEnvironments } from "./testing/synthesize.ts";

const { prod, "prod with a domain": withDomain } = testEnvironments;
const routes = { files: fileRoutes, users: userRoutes, ui: uiRoutes, docs: docsRoutes };
const stack = stackOf(synthesize(prod, routes), "frontend");

describe("the API", () => {
  it("has the routes of the services, all with the authorizer except public ones and what no route matches", () => {
    const created = resources(stack, "aws_apigatewayv2_route").map(({ route_key, authorization_type }) => [
      route_key,
      authorization_type,
    ]);
    const declared = [...fileRoutes, ...userRoutes, ...uiRoutes, ...docsRoutes].map(
      ({ method, path, authorization }) => [`${method} ${path}`, authorization === "user" ? "CUSTOM" : "NONE"],
    );
    expect(Object.fromEntries(created)).toEqual({ ...Object.fromEntries(declared), $default: "NONE" });
    const isPublic = created.filter(([, type]) => type === "NONE").map(([key]) => String(key));
    const paths = ["/api/docs/{asset}", "/api/openapi.json", "/docs", "/health", "/ui", "/ui/{path+}"];
    expect(isPublic.toSorted()).toEqual([
      "$default",
      ...["GET ", "HEAD "].flatMap((method) => paths.map((path) => method + path)),
    ]);
  });

  it("sends requests that no route matches to the function api, so that API Gateway does not answer them", () => {
    const targets = resources(stack, "aws_apigatewayv2_route").map(({ route_key, target }) => [route_key, target]);
    const targetOf = Object.fromEntries(targets);
    expect(targetOf.$default).toBe(targetOf["GET /{key+}"]);
    expect(targetOf.$default).not.toBe(targetOf["GET /api/me"]);
  });

  it("has a request authorizer with simple responses that are cached for 5 minutes", () => {
    expect(resource(stack, "aws_apigatewayv2_authorizer")).toMatchObject({
      authorizer_type: "REQUEST",
      authorizer_payload_format_version: "2.0",
      enable_simple_responses: true,
      identity_sources: ["$request.header.Authorization", "$context.identity.sourceIp"],
      authorizer_result_ttl_in_seconds: 300,
    });
  });

  it("may invoke its functions, and invokes the authorizer only as an authorizer", () => {
    const sources = resources(stack, "aws_lambda_permission")
      .filter(({ principal }) => principal === "apigateway.amazonaws.com")
      .map(({ source_arn, function_name }) => `${function_name} ${source_arn}`);
    const api = String.raw`\$\{aws_apigatewayv2_api\.\w+\.execution_arn\}`;
    const authorizer = String.raw`\$\{aws_apigatewayv2_authorizer\.\w+\.id\}`;
    expect(sources).toEqual([
      expect.stringMatching(new RegExp(`AuthorizerFunction_\\w+\\.function_name\\} ${api}/authorizers/${authorizer}$`)),
      expect.stringMatching(new RegExp(`DocsFunction_\\w+\\.function_name\\} ${api}/\\*/\\*$`)),
      expect.stringMatching(new RegExp(`UiFunction_\\w+\\.function_name\\} ${api}/\\*/\\*$`)),
      expect.stringMatching(new RegExp(`UsersFunction_\\w+\\.function_name\\} ${api}/\\*/\\*$`)),
      expect.stringMatching(new RegExp(`ApiFunction_\\w+\\.function_name\\} ${api}/\\*/\\*$`)),
    ]);
  });

  it("logs neither headers nor query strings, which contain credentials and signatures", () => {
    const { access_log_settings } = resource(stack, "aws_apigatewayv2_stage");
    const { format } = access_log_settings as { format: string };
    expect(Object.keys(JSON.parse(format))).toContain("requestId");
    expect(format).not.toMatch(/header|query|identity\.(?!sourceIp|userAgent)/i);
  });
});

it("allows only the function api to read a secret", () => {
  const readable = Object.fromEntries(
    resources(stack, "aws_iam_role_policy").map(({ role, policy }) => [
      /_?(Api|Authorizer|Docs|Ui|Users)Function/.exec(String(role))?.[1],
      statements(policy)
        .filter(({ Action }) => Action === "secretsmanager:GetSecretValue")
        .map(({ Resource }) => String(Resource).replace(/.*outputs\.(\w+)\}/, "$1")),
    ]),
  );
  expect(readable).toEqual({
    Api: ["postgres_secret_arn"],
    Authorizer: [],
    Docs: [],
    Users: [],
    Ui: [],
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
    ["nv-demo-docs", false],
    ["nv-demo-ui", false],
    ["nv-demo-users", false],
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

it("allows pages of the API, and of further origins, to use presigned URLs of the bucket", () => {
  const rulesOf = (environment: typeof prod) =>
    resource(stackOf(synthesize(environment), "frontend"), "aws_s3_bucket_cors_configuration").cors_rule;
  expect(rulesOf(prod)).toEqual([
    {
      allowed_methods: ["GET", "HEAD", "PUT"],
      allowed_origins: [expect.stringMatching(/api_endpoint\}$/)],
      allowed_headers: ["content-md5", "content-type", "if-*", "range", "x-amz-*"],
      expose_headers: ["ETag", "Content-Range", "Accept-Ranges"],
      max_age_seconds: 3600,
    },
  ]);
  const browserOrigins = ["https://app.example.com"];
  expect(rulesOf({ ...withDomain, api: { ...withDomain.api, browserOrigins } })).toMatchObject([
    { allowed_origins: ["https://files.example.com", "https://app.example.com"] },
  ]);
});

it("allows the function api to read, write and delete files, and to upload them in parts", () => {
  const granted = resources(stack, "aws_iam_role_policy")
    .filter(({ role }) => /ApiFunction/.test(String(role)))
    .flatMap(({ policy }) => statements(policy))
    .filter(({ Action }) => String(Action).includes("s3:"))
    .map(({ Action, Resource }) => [Action, String(Resource).replace(/.*\}/, "")]);
  expect(granted).toEqual([
    [
      [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      "/*",
    ],
    [["s3:ListBucket", "s3:ListBucketVersions"], ""],
  ]);
});
