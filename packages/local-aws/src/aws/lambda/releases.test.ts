import { readFileSync } from "node:fs";
import { Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, it } from "vitest";
import { UNKNOWN } from "../../provider/unknown.ts";
import { arn } from "../../runtime/account.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import { type FunctionConfiguration, functionArn, invokeArn } from "./configuration.ts";
import { FunctionRegistry } from "./function-registry.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

const FUNCTION = "aws_lambda_function";
const ALIAS = "aws_lambda_alias";

let harness: LambdaHarness;
let client: LambdaClient;
/** Selects the version of an alias with weights. */
let random: number;

beforeEach(async () => {
  random = 0.99;
  harness = new LambdaHarness({ random: () => random });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await harness.close();
});

async function result(FunctionName: string, Qualifier?: string): Promise<unknown> {
  const { Payload } = await client.invoke({ FunctionName, Qualifier });
  return JSON.parse(Payload?.transformToString() ?? "null");
}

/** Source of a function that returns the text and its version. */
function returning(text: string): string {
  return `export const handler = async (event, { functionVersion }) => "${text} " + functionVersion;`;
}

it("keeps published versions unchanged after updates and restarts", async () => {
  const first = await harness.deploy("app", returning("one"), { publish: true });
  expect(first).toMatchObject({
    version: "1",
    arn: functionArn("app"),
    qualified_arn: functionArn("app", "1"),
    invoke_arn: invokeArn(functionArn("app")),
  });
  const second = await harness.update(FUNCTION, first, {
    filename: harness.zip({ "index.mjs": returning("two") }),
  });
  expect(second).toMatchObject({ version: "2" });
  expect(second.code_sha256).not.toBe(first.code_sha256);
  await harness.restart();
  expect(await result("app")).toBe("two $LATEST");
  expect(await result("app", "1")).toBe("one 1");
  expect(await result("app:2")).toBe("two 2");
  const { Versions } = await client.listVersionsByFunction({ FunctionName: "app" });
  expect(Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
  await expect(result("app", "3")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

it("plans unknown values only for what a change of code or configuration affects", async () => {
  const app = await harness.deploy("app", returning("one"), { publish: true, description: "a", tags: {} });
  expect(harness.plan(FUNCTION, app, { filename: "other.zip" })).toMatchObject({
    version: UNKNOWN,
    qualified_arn: UNKNOWN,
    code_sha256: UNKNOWN,
    source_code_hash: UNKNOWN,
    last_modified: UNKNOWN,
    arn: app.arn,
  });
  expect(harness.plan(FUNCTION, app, { description: "b" })).toMatchObject({
    version: UNKNOWN,
    code_sha256: app.code_sha256,
  });
  expect(harness.plan(FUNCTION, app, { tags: { a: "b" } })).toMatchObject({
    version: "1",
    last_modified: app.last_modified,
  });
  const unpublished = await harness.deploy("unpublished", returning("one"));
  expect(harness.plan(FUNCTION, unpublished, { description: "b" })).toMatchObject({ version: "$LATEST" });
});

it("does not publish a version when code and configuration are unchanged", async () => {
  const app = await harness.deploy("app", returning("one"), { publish: true });
  const same = await harness.update(FUNCTION, app, {
    filename: harness.zip({ "index.mjs": returning("one") }),
  });
  expect(same.version).toBe("1");
});

it("routes a share of invocations to another version, and reports UpdateAlias as drift", async () => {
  const first = await harness.deploy("app", returning("one"), { publish: true });
  await harness.update(FUNCTION, first, { filename: harness.zip({ "index.mjs": returning("two") }) });
  const alias = await harness.create(ALIAS, {
    function_name: "app",
    name: "live",
    function_version: "1",
    routing_config: [{ additional_version_weights: { "2": 0.1 } }],
  });
  expect(alias.invoke_arn).toMatch(/function:app:live\/invocations$/);
  expect(await result("app", "live")).toBe("one 1");
  random = 0.05;
  expect(await result("app", "live")).toBe("two 2");
  const { RevisionId } = await client.getAlias({ FunctionName: "app", Name: "live" });
  await client.updateAlias({ FunctionName: "app", Name: "live", FunctionVersion: "2", RoutingConfig: {}, RevisionId });
  await expect(
    client.updateAlias({ FunctionName: "app", Name: "live", FunctionVersion: "1", RevisionId }),
  ).rejects.toMatchObject({ name: "PreconditionFailedException" });
  await harness.restart();
  random = 0.99;
  expect(await result("app", "live")).toBe("two 2");
  expect(await harness.resources.read(ALIAS, alias)).toMatchObject({ function_version: "2", routing_config: [] });
  await expect(client.deleteFunction({ FunctionName: "app", Qualifier: "2" })).rejects.toMatchObject({
    name: "ResourceConflictException",
  });
  await client.deleteFunction({ FunctionName: "app", Qualifier: "1" });
  await expect(result("app", "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

it("describes a function, and deletes it with its versions", async () => {
  const app = await harness.deploy("app", returning("one"), {
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
  await harness.resources.delete(FUNCTION, app);
  await expect(result("app", "1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

it("rejects unsupported arguments and invalid packages", async () => {
  const cases = { layers: ["arn:aws:lambda:x"], runtime: "python3.13", package_type: "Image" };
  for (const [argument, value] of Object.entries(cases)) {
    await expect(harness.deploy("app", returning("one"), { [argument]: value })).rejects.toThrow("does not support");
  }
  await expect(harness.deploy("app", "", { filename: "/nowhere.zip" })).rejects.toThrow("/nowhere.zip does not exist");
  const notZip = harness.zip({ "../escape.mjs": "" });
  await expect(harness.deploy("app", "", { filename: notZip })).rejects.toThrow("outside its root");
});

it("requires a permission for the service, its source and the qualifier", async () => {
  await harness.deploy("app", returning("one"));
  const source = {
    kind: "service",
    principal: "apigateway.amazonaws.com",
    sourceArn: arn("execute-api", "abc/prod/GET/x"),
  } as const;
  const invoke = (sourceArn: string = source.sourceArn) =>
    harness.lambda.invoke({
      functionName: "app",
      payload: "{}",
      type: "RequestResponse",
      source: { ...source, sourceArn },
    });
  await expect(invoke()).rejects.toMatchObject({ code: "AccessDeniedException" });
  const permission = await harness.create("aws_lambda_permission", {
    function_name: "app",
    statement_id: "api",
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    source_arn: arn("execute-api", "abc/*/*"),
  });
  expect((await invoke()).payload).toBe('"one $LATEST"');
  await expect(invoke(arn("execute-api", "other/prod/GET/x"))).rejects.toMatchObject({ status: 403 });
  const { Policy = "{}" } = await client.getPolicy({ FunctionName: "app" });
  expect(JSON.parse(Policy).Statement).toEqual([
    expect.objectContaining({ Sid: "api", Principal: { Service: "apigateway.amazonaws.com" } }),
  ]);
  await harness.resources.delete("aws_lambda_permission", permission);
  await expect(invoke()).rejects.toMatchObject({ status: 403 });
});

it("stores the result of aws_lambda_invocation, and fails with the error of the function", async () => {
  await harness.deploy(
    "init",
    `export const handler = async ({ name }) => {
      if (name !== "init") throw new Error("unknown " + name);
      return { applied: 3 };
    };`,
  );
  const invocation = (input: unknown) =>
    harness.create("aws_lambda_invocation", {
      function_name: "init",
      qualifier: "$LATEST",
      input: JSON.stringify(input),
    });
  expect(await invocation({ name: "init" })).toMatchObject({ result: '{"applied":3}' });
  await expect(invocation({ name: "other" })).rejects.toThrow("unknown other");
});

it("runs a function as updated by the API, also after a restart, and reports the update as drift", async () => {
  const app = await harness.deploy("app", returning("one"), { publish: true });
  const ZipFile = readFileSync(harness.zip({ "index.mjs": returning("two") }));
  expect(await client.updateFunctionCode({ FunctionName: "app", ZipFile })).toMatchObject({ Version: "$LATEST" });
  expect(await result("app")).toBe("two $LATEST");
  expect(await result("app", "1")).toBe("one 1");
  await client.updateFunctionConfiguration({ FunctionName: "app", Environment: { Variables: { A: "b" } } });
  await expect(client.updateFunctionConfiguration({ FunctionName: "app", Role: "x" })).rejects.toThrow(
    "does not update Role",
  );
  await expect(client.publishVersion({ FunctionName: "app", CodeSha256: "other" })).rejects.toThrow("is different");
  expect(await client.publishVersion({ FunctionName: "app" })).toMatchObject({ Version: "2" });
  expect(await client.publishVersion({ FunctionName: "app" })).toMatchObject({ Version: "2" });
  await harness.restart();
  expect(await result("app")).toBe("two $LATEST");
  expect(await harness.resources.read(FUNCTION, app)).toMatchObject({
    version: "2",
    environment: [{ variables: { A: "b" } }],
  });
  await harness.update(FUNCTION, app, { filename: harness.zip({ "index.mjs": returning("three") }) });
  expect(await result("app")).toBe("three $LATEST");
});

it("distributes invocations by weight, within 2 percent over 10,000", () => {
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

it("rejects weights of more than 1, of $LATEST, and of versions that are not published", async () => {
  const first = await harness.deploy("app", returning("one"), { publish: true });
  await harness.update(FUNCTION, first, { filename: harness.zip({ "index.mjs": returning("two") }) });
  await harness.create(ALIAS, { function_name: "app", name: "live", function_version: "1" });
  const setWeights = (FunctionVersion: string, AdditionalVersionWeights: Record<string, number>) =>
    client.updateAlias({
      FunctionName: "app",
      Name: "live",
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights },
    });
  await expect(setWeights("1", { $LATEST: 0.1 })).rejects.toThrow("$LATEST is not supported");
  await expect(setWeights("$LATEST", { "1": 0.1 })).rejects.toThrow("$LATEST is not supported");
  await expect(setWeights("1", { "1": 0.1 })).rejects.toThrow("same version");
  await expect(setWeights("1", { "2": 1.1 })).rejects.toThrow("between 0.0 and 1.0");
  await expect(setWeights("1", { "3": 0.1 })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await setWeights("1", { "2": 0.1 });
});

it("publishes metrics for the function, the alias and the version of the alias", async () => {
  await harness.close();
  const published: string[] = [];
  const metrics: MetricSink = {
    put: (_, dimensions, values) => {
      const { Invocations, Errors } = values;
      if (Invocations !== undefined) published.push(`${Object.values(dimensions).join(" ")} ${Invocations} ${Errors}`);
    },
  };
  harness = new LambdaHarness({ metrics });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
  await harness.deploy("app", "export const handler = async () => { throw new Error('failed'); };", { publish: true });
  await harness.create(ALIAS, { function_name: "app", name: "live", function_version: "1" });
  await result("app", "live");
  expect(published).toEqual([" 1 1", "app 1 1", "app app:live 1 1", "app app:live 1 1 1"]);
});
