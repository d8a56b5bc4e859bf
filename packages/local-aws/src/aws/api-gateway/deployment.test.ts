import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { arn, REGION } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Ports } from "../../runtime/ports.ts";
import { LambdaHarness } from "../lambda/testing/lambda-harness.ts";
import { ApiGateway } from "./api-gateway.ts";

let harness: LambdaHarness;
let ports: Ports;
let gateway: ApiGateway;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  harness = new LambdaHarness();
  await harness.listen();
  ports = new Ports(join(harness.directory, "ports.journal"));
  gateway = new ApiGateway({ ports, lambda: harness.lambda, logs: harness.logs, clock: systemClock });
  const resources = [harness.lambda, harness.logs, gateway].flatMap(({ terraform }) => terraform.resources ?? []);
  const dataSources = [harness.lambda, harness.logs].flatMap(({ terraform }) => terraform.dataSources ?? []);
  workspace = new TerraformWorkspace({ resources, dataSources });
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  await gateway.close();
  ports.close();
  await harness.close();
});

/** Writes a package to the Terraform module and returns its relative path, like CDKTF for assets. */
function zip(source: string): string {
  const name = `${randomBytes(8).toString("hex")}.zip`;
  writeFileSync(join(workspace.module, name), zipSync({ "index.mjs": strToU8(source) }));
  return name;
}

function lambdaFunction(name: string, filename: string) {
  return {
    function_name: name,
    filename,
    handler: "index.handler",
    runtime: "nodejs24.x",
    role: arn("iam", `role/${name}`, "global"),
    publish: true,
  };
}

function configuration(apiFilename: string, authorizerFilename: string) {
  const api_id = "${aws_apigatewayv2_api.files.id}";
  const allow = { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" };
  return {
    provider: { aws: { region: REGION, default_tags: [{ tags: { project: "nv-demo" } }] } },
    resource: {
      aws_cloudwatch_log_group: {
        api: { name: "/aws/lambda/api", retention_in_days: 7 },
        access: { name: "/api/access" },
      },
      aws_lambda_function: {
        api: { ...lambdaFunction("api", apiFilename), environment: [{ variables: { GREETING: "hello" } }] },
        authorizer: lambdaFunction("authorizer", authorizerFilename),
      },
      aws_lambda_alias: {
        live: {
          name: "live",
          function_name: "${aws_lambda_function.api.function_name}",
          function_version: "${aws_lambda_function.api.version}",
        },
      },
      aws_lambda_permission: {
        api: {
          ...allow,
          function_name: "${aws_lambda_alias.live.function_name}",
          qualifier: "${aws_lambda_alias.live.name}",
          source_arn: "${aws_apigatewayv2_api.files.execution_arn}/*/*",
        },
        authorizer: {
          ...allow,
          function_name: "${aws_lambda_function.authorizer.function_name}",
          source_arn: "${aws_apigatewayv2_api.files.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.users.id}",
        },
      },
      aws_lambda_function_event_invoke_config: {
        api: { function_name: "${aws_lambda_function.api.function_name}", maximum_retry_attempts: 1 },
      },
      aws_lambda_event_source_mapping: {
        events: {
          function_name: "${aws_lambda_function.api.arn}",
          event_source_arn: arn("sqs", "files"),
        },
      },
      aws_lambda_invocation: {
        warm: { function_name: "${aws_lambda_function.api.function_name}", input: '{"name":"init"}' },
      },
      aws_apigatewayv2_api: { files: { name: "files", protocol_type: "HTTP" } },
      aws_apigatewayv2_stage: {
        default: {
          api_id,
          name: "$default",
          auto_deploy: true,
          access_log_settings: [
            { destination_arn: "${aws_cloudwatch_log_group.access.arn}", format: "$context.routeKey $context.status" },
          ],
        },
      },
      aws_apigatewayv2_integration: {
        api: {
          api_id,
          integration_type: "AWS_PROXY",
          integration_uri: "${aws_lambda_alias.live.invoke_arn}",
          payload_format_version: "2.0",
        },
      },
      aws_apigatewayv2_authorizer: {
        users: {
          api_id,
          name: "users",
          authorizer_type: "REQUEST",
          authorizer_uri: "${aws_lambda_function.authorizer.invoke_arn}",
          authorizer_payload_format_version: "2.0",
          enable_simple_responses: true,
          identity_sources: ["$request.header.Authorization"],
        },
      },
      aws_apigatewayv2_route: {
        list: {
          api_id,
          route_key: "GET /api/list",
          target: "integrations/${aws_apigatewayv2_integration.api.id}",
          authorization_type: "CUSTOM",
          authorizer_id: "${aws_apigatewayv2_authorizer.users.id}",
        },
      },
    },
    data: { aws_lambda_function: { deployed: { function_name: "${aws_lambda_function.api.function_name}" } } },
    output: {
      url: { value: "${aws_apigatewayv2_stage.default.invoke_url}" },
      handler: { value: "${data.aws_lambda_function.deployed.handler}" },
    },
  };
}

it("is created, updated to new code, planned without changes and destroyed by Terraform", async () => {
  const api = (text: string) =>
    zip(
      `export const handler = async (event, { functionVersion }) => \`${text} \${process.env.GREETING} \${event.requestContext?.authorizer.lambda.role} \${functionVersion}\`;`,
    );
  const authorizer = zip(
    `export const handler = async ({ identitySource }) => ({ isAuthorized: identitySource[0] === "secret", context: { role: "reader" } });`,
  );

  await workspace.apply(configuration(api("one"), authorizer));
  const url = String(workspace.attributes("aws_apigatewayv2_stage.default").invoke_url);
  const get = async (authorization: string) => {
    const response = await fetch(`${url}api/list`, { headers: { authorization } });
    return [response.status, await response.text()];
  };
  expect(await get("secret")).toEqual([200, "one hello reader 1"]);
  expect(await get("wrong")).toEqual([403, '{"message":"Forbidden"}']);
  expect(workspace.attributes("aws_lambda_invocation.warm").result).toBe('"one hello undefined $LATEST"');
  expect((await workspace.plan()).code).toBe(0);

  await workspace.apply(configuration(api("two"), authorizer));
  expect(workspace.attributes("aws_lambda_function.api")).toMatchObject({ version: "2" });
  expect(await get("secret")).toEqual([200, "two hello reader 2"]);
  expect((await workspace.plan()).code).toBe(0);
  expect(harness.logs.messages("/api/access")).toEqual(["GET /api/list 200", "GET /api/list 403", "GET /api/list 200"]);

  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  await expect(get("secret")).rejects.toThrow();
}, 60_000);

it("invokes the function of each route, with the permissions of each", async () => {
  const api_id = "${aws_apigatewayv2_api.app.id}";
  const functions = ["reads", "writes"];
  const each = (value: (name: string) => object) => Object.fromEntries(functions.map((name) => [name, value(name)]));
  const configuration = (permitted: readonly string[]) => ({
    provider: { aws: { region: REGION } },
    resource: {
      aws_lambda_function: each((name) => lambdaFunction(name, packages[name] ?? "")),
      aws_lambda_permission: Object.fromEntries(
        permitted.map((name) => [
          name,
          {
            action: "lambda:InvokeFunction",
            function_name: `\${aws_lambda_function.${name}.function_name}`,
            principal: "apigateway.amazonaws.com",
            source_arn: "${aws_apigatewayv2_api.app.execution_arn}/*/*",
          },
        ]),
      ),
      aws_apigatewayv2_api: { app: { name: "app", protocol_type: "HTTP" } },
      aws_apigatewayv2_stage: { default: { api_id, name: "$default", auto_deploy: true } },
      aws_apigatewayv2_integration: each((name) => ({
        api_id,
        integration_type: "AWS_PROXY",
        integration_uri: `\${aws_lambda_function.${name}.invoke_arn}`,
        payload_format_version: "2.0",
      })),
      aws_apigatewayv2_route: Object.fromEntries(
        Object.entries({ "GET /users/{id}": "reads", "POST /users": "writes" }).map(([route_key, name]) => [
          name,
          { api_id, route_key, target: `integrations/\${aws_apigatewayv2_integration.${name}.id}` },
        ]),
      ),
    },
  });
  const source = (name: string) =>
    `export const handler = async ({ routeKey, pathParameters }) => ["${name}", routeKey, pathParameters?.id].join(" ");`;
  const packages = Object.fromEntries(functions.map((name) => [name, zip(source(name))]));
  await workspace.apply(configuration(["reads"]));
  const url = String(workspace.attributes("aws_apigatewayv2_stage.default").invoke_url);
  const send = async (method: string, path: string) => {
    const response = await fetch(`${url}${path}`, { method });
    return [response.status, await response.text()];
  };
  expect(await send("GET", "users/7")).toEqual([200, "reads GET /users/{id} 7"]);
  expect((await send("POST", "users"))[0]).toBe(500);
  await workspace.apply(configuration(functions));
  expect(await send("POST", "users")).toEqual([200, "writes POST /users "]);
  expect((await send("GET", "users"))[0]).toBe(404);
  expect((await workspace.plan()).code).toBe(0);
}, 60_000);
