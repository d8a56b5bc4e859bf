import { readFileSync } from "node:fs";
import { Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Attributes } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { FunctionConfiguration } from "./configuration.ts";
import { FunctionRegistry } from "./function-registry.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

let harness: LambdaHarness;
let client: LambdaClient;
let draw: number;

beforeEach(async () => {
  draw = 0.99;
  harness = new LambdaHarness({ random: () => draw });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await harness.close();
});

async function answer(FunctionName: string, Qualifier?: string): Promise<unknown> {
  const { Payload } = await client.invoke({ FunctionName, Qualifier });
  return JSON.parse(Payload?.transformToString() ?? "null");
}

function answering(text: string): string {
  return `export const handler = async (event, { functionVersion }) => "${text} " + functionVersion;`;
}

function plan(prior: Attributes, changes: Attributes): Attributes {
  const planned = { ...prior, ...changes };
  const handler = harness.lambda.terraform.resources?.find(({ type }) => type === "aws_lambda_function");
  handler?.plan?.(planned, prior, { account: "", region: "", config: { source_code_hash: null } });
  return planned;
}

test("a published version stays as it was when the code moves on, also over a restart", async () => {
  const first = await harness.deploy("app", answering("one"), { publish: true });
  expect(first).toMatchObject({
    version: "1",
    arn: "arn:aws:lambda:us-east-1:000000000000:function:app",
    qualified_arn: "arn:aws:lambda:us-east-1:000000000000:function:app:1",
    invoke_arn:
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:app/invocations",
  });
  const second = await harness.change("aws_lambda_function", first, {
    filename: harness.zip({ "index.mjs": answering("two") }),
  });
  expect(second).toMatchObject({ version: "2" });
  expect(second.code_sha256).not.toBe(first.code_sha256);
  await harness.restart();
  expect(await answer("app")).toBe("two $LATEST");
  expect(await answer("app", "1")).toBe("one 1");
  expect(await answer("app:2")).toBe("two 2");
  const { Versions } = await client.listVersionsByFunction({ FunctionName: "app" });
  expect(Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
  await expect(answer("app", "3")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a plan makes unknown what a change of code or configuration will change, and nothing else", async () => {
  const app = await harness.deploy("app", answering("one"), { publish: true, description: "a", tags: {} });
  expect(plan(app, { filename: "other.zip" })).toMatchObject({
    version: UNKNOWN,
    qualified_arn: UNKNOWN,
    code_sha256: UNKNOWN,
    source_code_hash: UNKNOWN,
    last_modified: UNKNOWN,
    arn: app.arn,
  });
  expect(plan(app, { description: "b" })).toMatchObject({ version: UNKNOWN, code_sha256: app.code_sha256 });
  expect(plan(app, { tags: { a: "b" } })).toMatchObject({ version: "1", last_modified: app.last_modified });
  expect(plan({ ...app, publish: false, version: "$LATEST" }, { publish: false, description: "b" })).toMatchObject({
    version: "$LATEST",
  });
});

test("a change that leaves code and configuration as they are publishes nothing", async () => {
  const app = await harness.deploy("app", answering("one"), { publish: true });
  const same = await harness.change("aws_lambda_function", app, {
    filename: harness.zip({ "index.mjs": answering("one") }),
  });
  expect(same.version).toBe("1");
});

test("an alias sends its share of invocations to another version, and UpdateAlias shows as drift", async () => {
  const first = await harness.deploy("app", answering("one"), { publish: true });
  await harness.change("aws_lambda_function", first, { filename: harness.zip({ "index.mjs": answering("two") }) });
  const alias = await harness.apply("aws_lambda_alias", {
    function_name: "app",
    name: "live",
    function_version: "1",
    routing_config: [{ additional_version_weights: { "2": 0.1 } }],
  });
  expect(alias.invoke_arn).toMatch(/function:app:live\/invocations$/);
  expect(await answer("app", "live")).toBe("one 1");
  draw = 0.05;
  expect(await answer("app", "live")).toBe("two 2");
  const { RevisionId } = await client.getAlias({ FunctionName: "app", Name: "live" });
  await client.updateAlias({ FunctionName: "app", Name: "live", FunctionVersion: "2", RoutingConfig: {}, RevisionId });
  await expect(
    client.updateAlias({ FunctionName: "app", Name: "live", FunctionVersion: "1", RevisionId }),
  ).rejects.toMatchObject({ name: "PreconditionFailedException" });
  await harness.restart();
  draw = 0.99;
  expect(await answer("app", "live")).toBe("two 2");
  const handler = harness.lambda.terraform.resources?.find(({ type }) => type === "aws_lambda_alias");
  expect(await handler?.read?.(alias)).toMatchObject({ function_version: "2", routing_config: [] });
  await expect(client.deleteFunction({ FunctionName: "app", Qualifier: "2" })).rejects.toMatchObject({
    name: "ResourceConflictException",
  });
  await client.deleteFunction({ FunctionName: "app", Qualifier: "1" });
  await expect(answer("app", "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a function can be described, and is gone with its versions when it is destroyed", async () => {
  const app = await harness.deploy("app", answering("one"), {
    publish: true,
    environment: [{ variables: { A: "b" } }],
  });
  const { Configuration } = await client.getFunction({ FunctionName: "app" });
  expect(Configuration).toMatchObject({
    Runtime: "nodejs24.x",
    Version: "$LATEST",
    Environment: { Variables: { A: "b" } },
  });
  expect((await client.listFunctions({})).Functions).toHaveLength(1);
  await harness.destroy("aws_lambda_function", app);
  await expect(answer("app", "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("what cannot be run is refused by name before anything is stored", async () => {
  const cases = { layers: ["arn:aws:lambda:x"], runtime: "python3.13", package_type: "Image" };
  for (const [argument, value] of Object.entries(cases)) {
    await expect(harness.deploy("app", answering("one"), { [argument]: value })).rejects.toThrow("does not run");
  }
  await expect(harness.deploy("app", "", { filename: "/nowhere.zip" })).rejects.toThrow("/nowhere.zip does not exist");
  const notZip = harness.zip({ "../escape.mjs": "" });
  await expect(harness.deploy("app", "", { filename: notZip })).rejects.toThrow("outside its root");
});

test("a service needs a permission that names it, its source and the qualifier", async () => {
  await harness.deploy("app", answering("one"));
  const source = {
    kind: "service",
    principal: "apigateway.amazonaws.com",
    sourceArn: "arn:aws:execute-api:us-east-1:0:abc/prod/GET/x",
  } as const;
  const invoke = (sourceArn: string = source.sourceArn) =>
    harness.lambda.invoke({
      functionName: "app",
      payload: "{}",
      type: "RequestResponse",
      source: { ...source, sourceArn },
    });
  await expect(invoke()).rejects.toMatchObject({ code: "AccessDeniedException" });
  const permission = await harness.apply("aws_lambda_permission", {
    function_name: "app",
    statement_id: "api",
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    source_arn: "arn:aws:execute-api:us-east-1:0:abc/*/*",
  });
  expect((await invoke()).payload).toBe('"one $LATEST"');
  await expect(invoke("arn:aws:execute-api:us-east-1:0:other/prod/GET/x")).rejects.toMatchObject({ status: 403 });
  const { Policy = "{}" } = await client.getPolicy({ FunctionName: "app" });
  expect(JSON.parse(Policy).Statement).toEqual([
    expect.objectContaining({ Sid: "api", Principal: { Service: "apigateway.amazonaws.com" } }),
  ]);
  await harness.destroy("aws_lambda_permission", permission);
  await expect(invoke()).rejects.toMatchObject({ status: 403 });
});

test("aws_lambda_invocation keeps the answer, and fails with the function's error", async () => {
  await harness.deploy(
    "init",
    `export const handler = async ({ name }) => { if (name !== "init") throw new Error("no " + name); return { applied: 3 }; };`,
  );
  const invocation = (input: unknown) =>
    harness.apply("aws_lambda_invocation", {
      function_name: "init",
      qualifier: "$LATEST",
      input: JSON.stringify(input),
    });
  expect(await invocation({ name: "init" })).toMatchObject({ result: '{"applied":3}' });
  await expect(invocation({ name: "other" })).rejects.toThrow("no other");
});

test("a function changed by its API runs what it was changed to, keeps it over a restart, and shows it to Terraform as drift", async () => {
  const app = await harness.deploy("app", answering("one"), { publish: true });
  const ZipFile = readFileSync(harness.zip({ "index.mjs": answering("two") }));
  expect(await client.updateFunctionCode({ FunctionName: "app", ZipFile })).toMatchObject({ Version: "$LATEST" });
  expect(await answer("app")).toBe("two $LATEST");
  expect(await answer("app", "1")).toBe("one 1");
  await client.updateFunctionConfiguration({ FunctionName: "app", Environment: { Variables: { A: "b" } } });
  await expect(client.updateFunctionConfiguration({ FunctionName: "app", Role: "x" })).rejects.toThrow("not Role");
  await expect(client.publishVersion({ FunctionName: "app", CodeSha256: "other" })).rejects.toThrow("is different");
  expect(await client.publishVersion({ FunctionName: "app" })).toMatchObject({ Version: "2" });
  expect(await client.publishVersion({ FunctionName: "app" })).toMatchObject({ Version: "2" });
  await harness.restart();
  expect(await answer("app")).toBe("two $LATEST");
  const handler = harness.lambda.terraform.resources?.find(({ type }) => type === "aws_lambda_function");
  expect(await handler?.read?.(app)).toMatchObject({ version: "2", environment: [{ variables: { A: "b" } }] });
  await harness.change("aws_lambda_function", app, { filename: harness.zip({ "index.mjs": answering("three") }) });
  expect(await answer("app")).toBe("three $LATEST");
});

test("an alias shares its requests as it is told, within 2 percent over 10,000", () => {
  const registry = new FunctionRegistry(harness.directory, Math.random);
  const configuration = { ...({} as FunctionConfiguration), functionName: "shared" };
  registry.put(configuration);
  for (const description of ["one", "two"]) registry.publish({ ...configuration, description });
  for (const weight of [0.01, 0.1, 0.5, 0.9]) {
    const alias = { functionName: "shared", name: "live", description: "", functionVersion: "1", revisionId: "" };
    registry.putAlias({ ...alias, additionalVersionWeights: { "2": weight } });
    let second = 0;
    for (let call = 0; call < 10_000; call += 1) if (registry.resolve("shared", "live").version === "2") second += 1;
    expect(Math.abs(second / 10_000 - weight)).toBeLessThan(0.02);
  }
  registry.close();
});

test("shares are between two published versions, and sum up to all", async () => {
  const first = await harness.deploy("app", answering("one"), { publish: true });
  await harness.change("aws_lambda_function", first, { filename: harness.zip({ "index.mjs": answering("two") }) });
  await harness.apply("aws_lambda_alias", { function_name: "app", name: "live", function_version: "1" });
  const share = (FunctionVersion: string, AdditionalVersionWeights: Record<string, number>) =>
    client.updateAlias({
      FunctionName: "app",
      Name: "live",
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights },
    });
  await expect(share("1", { $LATEST: 0.1 })).rejects.toThrow("$LATEST is not supported");
  await expect(share("$LATEST", { "1": 0.1 })).rejects.toThrow("$LATEST is not supported");
  await expect(share("1", { "1": 0.1 })).rejects.toThrow("same version");
  await expect(share("1", { "2": 1.1 })).rejects.toThrow("between 0.0 and 1.0");
  await expect(share("1", { "3": 0.1 })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await share("1", { "2": 0.1 });
});

test("each call is counted for the function, the alias and the version behind it", async () => {
  await harness.close();
  const counted: string[] = [];
  const metrics: MetricSink = {
    put: (_, dimensions, { Invocations, Errors }) =>
      void counted.push(`${Object.values(dimensions).join(" ")} ${Invocations} ${Errors}`),
  };
  harness = new LambdaHarness({ metrics });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
  await harness.deploy("app", "export const handler = async () => { throw new Error('no'); };", { publish: true });
  await harness.apply("aws_lambda_alias", { function_name: "app", name: "live", function_version: "1" });
  await answer("app", "live");
  expect(counted).toEqual([" 1 1", "app 1 1", "app app:live 1 1", "app app:live 1 1 1"]);
});
