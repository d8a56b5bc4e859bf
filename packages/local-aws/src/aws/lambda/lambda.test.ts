import { readdirSync } from "node:fs";
import { join } from "node:path";
import { InvokeCommand, Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CREDENTIALS } from "../../gateway/testing/served-service.ts";
import { REGION } from "../../runtime/account.ts";
import type { FunctionFailure } from "../../runtime/traffic.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import { functionArn } from "./configuration.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

let harness: LambdaHarness;
let client: LambdaClient;

beforeEach(async () => {
  harness = new LambdaHarness();
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await harness.close();
});

async function invoke(FunctionName: string, event: unknown = {}, Qualifier?: string) {
  const { Payload, FunctionError, ExecutedVersion, LogResult } = await client.send(
    new InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(event), LogType: "Tail" }),
  );
  return {
    result: JSON.parse(Payload?.transformToString() ?? "null"),
    error: FunctionError,
    version: ExecutedVersion,
    log: Buffer.from(LogResult ?? "", "base64").toString(),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("an invocation", () => {
  it("runs the handler with its event and context, and logs in the format of Lambda", async () => {
    await harness.deploy(
      "greet",
      `export const handler = async (event, context) => {
        console.log("hello\\nworld");
        return { event, name: context.functionName, arn: context.invokedFunctionArn, id: context.awsRequestId,
          left: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB };
      };`,
    );
    const { result, error, version, log } = await invoke("greet", { name: "init", text: "é\u2028😀" });
    expect(error).toBeUndefined();
    expect(version).toBe("$LATEST");
    expect(result).toMatchObject({
      event: { name: "init", text: "é\u2028😀" },
      name: "greet",
      arn: functionArn("greet"),
      memory: "256",
    });
    expect(result.left).toBeGreaterThan(5_000);
    const id = result.id;
    expect(log).toMatch(
      new RegExp(
        `^START RequestId: ${id} Version: \\$LATEST\n[^\n]*\t${id}\tINFO\thello\nworld\nEND RequestId: ${id}\n` +
          `REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\t` +
          "Memory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$",
      ),
    );
    expect(harness.logged("greet")).toContain(`START RequestId: ${id}`);
  });

  it("keeps the state of the module between invocations, and is frozen in between", async () => {
    await harness.deploy(
      "count",
      `let n = 0; setInterval(() => { n += 1000 }, 5); export const handler = async () => ++n % 1000;`,
    );
    const first = await invoke("count");
    const second = await invoke("count");
    expect([first.result, second.result]).toEqual([1, 2]);
    expect(second.log).not.toContain("Init Duration");
  });

  it("has Lambda's environment variables and its own, but none of the host", async () => {
    process.env.HOST_ONLY = "leak";
    await harness.deploy("env", "export const handler = async () => process.env;", {
      environment: [{ variables: { TABLE: "files" } }],
    });
    const { result } = await invoke("env");
    delete process.env.HOST_ONLY;
    expect(result).toMatchObject({
      TABLE: "files",
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: harness.endpoint,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SESSION_TOKEN: "session of env",
      AWS_LAMBDA_FUNCTION_NAME: "env",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/env",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      TZ: ":UTC",
      _HANDLER: "index.handler",
    });
    expect(result.AWS_LAMBDA_LOG_STREAM_NAME).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(result._X_AMZN_TRACE_ID).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(result).not.toHaveProperty("HOST_ONLY");
    expect(result).not.toHaveProperty("HOME");
  });

  it("cannot import packages that are not in its zip, except the AWS SDK", async () => {
    await harness.deploy(
      "import",
      `export const handler = async ({ name }) => import(name).then(() => "found", (error) => error.code);`,
    );
    expect((await invoke("import", { name: "pg" })).result).toBe("ERR_MODULE_NOT_FOUND");
    expect((await invoke("import", { name: "@aws-sdk/client-s3" })).result).toBe("found");
    expect((await invoke("import", { name: "node:fs" })).result).toBe("found");
  });

  it("logs in JSON to the configured log group", async () => {
    await harness.deploy("json", `export const handler = async () => { console.debug("no"); console.warn("yes"); };`, {
      logging_config: [{ log_format: "JSON", log_group: "/own" }],
    });
    await invoke("json");
    const lines = harness.logs.messages("/own").map((message) => JSON.parse(message));
    expect(lines.map(({ type, level, message }) => type ?? `${level} ${message}`)).toEqual([
      "platform.initStart",
      "platform.start",
      "WARN yes",
      "platform.report",
    ]);
  });

  it("runs CommonJS", async () => {
    const filename = harness.zip({
      "src/app.js": `exports.run = async () => require("./part").value;`,
      "src/part.js": "exports.value = 7;",
    });
    await harness.deploy("common", "", { filename, handler: "src/app.run" });
    expect((await invoke("common")).result).toBe(7);
  });

  it("runs concurrently in several execution environments", async () => {
    await harness.deploy(
      "slow",
      `export const handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return process.pid;
      };`,
    );
    const invocations = await Promise.all([invoke("slow"), invoke("slow"), invoke("slow")]);
    expect(new Set(invocations.map(({ result }) => result)).size).toBe(3);
  });
});

it("publishes the concurrent executions of each function and of all functions", async () => {
  const maximum = new Map<string, number>();
  const metrics: MetricSink = {
    put: (_, { FunctionName = "all" }, { ConcurrentExecutions = 0 }) =>
      void maximum.set(FunctionName, Math.max(maximum.get(FunctionName) ?? 0, ConcurrentExecutions)),
  };
  const measured = new LambdaHarness({ metrics });
  const measuredClient = new LambdaClient(await measured.listen());
  const source = "export const handler = () => new Promise((resolve) => setTimeout(resolve, 500));";
  for (const name of ["one", "two"]) await measured.deploy(name, source);
  const run = (FunctionName: string) => measuredClient.send(new InvokeCommand({ FunctionName }));
  await Promise.all([run("one"), run("one"), run("two")]);
  expect(Object.fromEntries(maximum)).toEqual({ one: 2, two: 1, all: 3 });
  measuredClient.destroy();
  await measured.close();
});

describe("a failing function", () => {
  it("returns the thrown error and keeps its execution environment", async () => {
    await harness.deploy("throws", `export const handler = async () => { throw new TypeError("no such file"); };`);
    const first = await invoke("throws");
    expect(first.error).toBe("Unhandled");
    expect(first.result).toMatchObject({ errorType: "TypeError", errorMessage: "no such file" });
    expect((await invoke("throws")).log).not.toContain("Init Duration");
  });

  it("is killed at its timeout, even in a busy loop, and restarts", async () => {
    await harness.deploy("busy", `export const handler = async ({ spin }) => { while (spin); return "free"; };`, {
      timeout: 1,
    });
    const { result, error, log } = await invoke("busy", { spin: true });
    expect(error).toBe("Unhandled");
    expect(result.errorType).toBe("Sandbox.Timedout");
    expect(result.errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/);
    expect(log).toContain("Status: timeout");
    expect((await invoke("busy")).result).toBe("free");
  });

  it("is killed when it exceeds its memory", async () => {
    await harness.deploy(
      "greedy",
      `const buffers = [];
      export const handler = async () => {
        for (;;) {
          buffers.push(Buffer.alloc(5e6, 1));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };`,
      { memory_size: 128 },
    );
    const { result, error } = await invoke("greedy");
    expect(error).toBe("Unhandled");
    expect(result.errorType).toBe("Runtime.OutOfMemory");
  });

  it("reports the exit status of its process", async () => {
    await harness.deploy("exits", "export const handler = async ({ code }) => process.exit(code);");
    expect((await invoke("exits", { code: 3 })).result).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 3"),
    });
    expect((await invoke("exits", { code: 0 })).result.errorMessage).toContain(
      "Runtime exited without providing a reason",
    );
  });

  it("reports why it cannot be loaded", async () => {
    await harness.deploy("broken", `throw new Error("bad configuration"); export const handler = 1;`);
    const { result, error, log } = await invoke("broken");
    expect(error).toBe("Unhandled");
    expect(result).toMatchObject({ errorType: "Error", errorMessage: "bad configuration" });
    expect(log).toContain("Status: error");
    await harness.deploy("nothing", "export const other = 1;");
    expect((await invoke("nothing")).result.errorType).toBe("Runtime.HandlerNotFound");
  });

  it("fails with a response of more than 6 MB", async () => {
    await harness.deploy("large", `export const handler = async ({ size }) => "x".repeat(size);`);
    expect((await invoke("large", { size: 6_291_556 - 2 })).result).toHaveLength(6_291_554);
    const { error, result } = await invoke("large", { size: 6_291_556 - 1 });
    expect(error).toBe("Unhandled");
    expect(result.errorType).toBe("Function.ResponseSizeTooLarge");
  });
});

it("replaces an execution environment that is killed while it is idle", async () => {
  await harness.deploy("killed", "export const handler = async () => process.pid;");
  const { result: pid } = await invoke("killed");
  process.kill(pid, "SIGKILL");
  await expect.poll(() => isRunning(pid)).toBe(false);
  const { result, error } = await invoke("killed");
  expect(error).toBeUndefined();
  expect(result).not.toBe(pid);
});

it("deletes packages that no function uses at the next start", async () => {
  const first = await harness.deploy("app", "export const handler = async () => 1;");
  await harness.update("aws_lambda_function", first, {
    filename: harness.zip({ "index.mjs": "export const handler = async () => 2;" }),
  });
  const zips = join(harness.directory, "lambda", "code", "zip");
  expect(readdirSync(zips)).toHaveLength(2);
  await harness.restart();
  expect(readdirSync(zips)).toHaveLength(1);
  expect((await invoke("app")).result).toBe(2);
});

describe("an Invoke request", () => {
  it("is rejected above the payload limits", async () => {
    await harness.deploy("size", "export const handler = async (event) => event.length;");
    const payload = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
    expect((await invoke("size", "x".repeat(6_291_454))).result).toBe(6_291_454);
    const tooLarge = {
      name: "RequestEntityTooLargeException",
      $metadata: expect.objectContaining({ httpStatusCode: 413 }),
    };
    await expect(client.invoke({ FunctionName: "size", Payload: payload(6_291_457) })).rejects.toMatchObject(tooLarge);
    await expect(
      client.invoke({ FunctionName: "size", Payload: payload(1_048_577), InvocationType: "Event" }),
    ).rejects.toMatchObject(tooLarge);
  });

  it("requires an existing function and a JSON payload, and supports dry runs", async () => {
    await expect(invoke("missing")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await harness.deploy("dry", "export const handler = async () => {};");
    await expect(client.invoke({ FunctionName: "dry", Payload: "{" })).rejects.toMatchObject({
      name: "InvalidRequestContentException",
    });
    const { StatusCode } = await client.invoke({ FunctionName: "dry", InvocationType: "DryRun" });
    expect(StatusCode).toBe(204);
    expect((await invoke(functionArn("dry"))).result).toBeNull();
  });

  it("is throttled at the reserved concurrency", async () => {
    await harness.deploy("one", "export const handler = () => new Promise((resolve) => setTimeout(resolve, 400));", {
      reserved_concurrent_executions: 1,
    });
    const results = await Promise.allSettled([invoke("one"), invoke("one")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { name: "TooManyRequestsException", Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
    });
  });
});

it("reports invocations that failed with the last line that the function logged", async () => {
  const failures: FunctionFailure[] = [];
  await harness.close();
  harness = new LambdaHarness({ onFunctionFailure: (failure) => failures.push(failure) });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
  await harness.deploy(
    "throw",
    `export const handler = async (event) => {
      if (event.fine) return;
      console.log("before the error");
      throw new RangeError("too much");
    };`,
  );
  await harness.deploy("hang", "export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));", {
    timeout: 1,
  });
  await invoke("throw", { fine: true });
  await invoke("throw");
  await invoke("hang");
  expect(failures).toMatchObject([
    {
      functionName: "throw",
      errorType: "RangeError",
      message: "too much",
      lastLogLine: expect.stringContaining("RangeError"),
    },
    {
      functionName: "hang",
      errorType: "Sandbox.Timedout",
      lastLogLine: expect.stringContaining("timed out after 1.00"),
    },
  ]);
});
