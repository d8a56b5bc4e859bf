import { readdirSync } from "node:fs";
import { join } from "node:path";
import { InvokeCommand, Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CREDENTIALS } from "../../gateway/testing/served-service.ts";
import { PATIENCE } from "../../runtime/testing/patience.ts";
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
    answer: JSON.parse(Payload?.transformToString() ?? "null"),
    error: FunctionError,
    version: ExecutedVersion,
    log: Buffer.from(LogResult ?? "", "base64").toString(),
  };
}

describe("an invocation", () => {
  test("runs the handler with its event and context, and logs as Lambda does", async () => {
    await harness.deploy(
      "greet",
      `export const handler = async (event, context) => {
        console.log("hello\\nworld");
        return { event, name: context.functionName, arn: context.invokedFunctionArn, id: context.awsRequestId,
          left: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB };
      };`,
    );
    const { answer, error, version, log } = await invoke("greet", { name: "init", text: "é\u2028😀" });
    expect(error).toBeUndefined();
    expect(version).toBe("$LATEST");
    expect(answer).toMatchObject({
      event: { name: "init", text: "é\u2028😀" },
      name: "greet",
      arn: "arn:aws:lambda:us-east-1:000000000000:function:greet",
      memory: "256",
    });
    expect(answer.left).toBeGreaterThan(5_000);
    const id = answer.id;
    expect(log).toMatch(
      new RegExp(
        `^START RequestId: ${id} Version: \\$LATEST\n[^\n]*\t${id}\tINFO\thello\nworld\nEND RequestId: ${id}\n` +
          `REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$`,
      ),
    );
    expect(harness.logged("greet")).toContain(`START RequestId: ${id}`);
  });

  test("keeps what the module holds between invocations and stands still in between", async () => {
    await harness.deploy(
      "count",
      `let n = 0; setInterval(() => { n += 1000 }, 5); export const handler = async () => ++n % 1000;`,
    );
    const first = await invoke("count");
    const second = await invoke("count");
    expect([first.answer, second.answer]).toEqual([1, 2]);
    expect(second.log).not.toContain("Init Duration");
  });

  test("sees Lambda's environment and its own variables, and nothing of the host's", async () => {
    process.env.HOST_ONLY = "leak";
    await harness.deploy("env", "export const handler = async () => process.env;", {
      environment: [{ variables: { TABLE: "files" } }],
    });
    const { answer } = await invoke("env");
    delete process.env.HOST_ONLY;
    expect(answer).toMatchObject({
      TABLE: "files",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: harness.endpoint,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SESSION_TOKEN: "session of env",
      AWS_LAMBDA_FUNCTION_NAME: "env",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/env",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      TZ: ":UTC",
      _HANDLER: "index.handler",
    });
    expect(answer.AWS_LAMBDA_LOG_STREAM_NAME).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(answer._X_AMZN_TRACE_ID).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/);
    expect(answer).not.toHaveProperty("HOST_ONLY");
    expect(answer).not.toHaveProperty("HOME");
  });

  test("finds no package that is not in its zip, except the AWS SDK", async () => {
    await harness.deploy(
      "import",
      `export const handler = async ({ name }) => import(name).then(() => "found", (error) => error.code);`,
    );
    expect((await invoke("import", { name: "pg" })).answer).toBe("ERR_MODULE_NOT_FOUND");
    expect((await invoke("import", { name: "@aws-sdk/client-s3" })).answer).toBe("found");
    expect((await invoke("import", { name: "node:fs" })).answer).toBe("found");
  });

  test("logs in JSON to the group that its configuration names", async () => {
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

  test("runs CommonJS", async () => {
    const filename = harness.zip({
      "src/app.js": `exports.run = async () => require("./part").value;`,
      "src/part.js": "exports.value = 7;",
    });
    await harness.deploy("common", "", { filename, handler: "src/app.run" });
    expect((await invoke("common")).answer).toBe(7);
  });

  test("grows to several environments at once", async () => {
    await harness.deploy(
      "slow",
      `export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return process.pid; };`,
    );
    const answers = await Promise.all([invoke("slow"), invoke("slow"), invoke("slow")]);
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(3);
  });
});

describe("a failing function", () => {
  test("answers the error that it threw, and lives on", async () => {
    await harness.deploy("throws", `export const handler = async () => { throw new TypeError("no such file"); };`);
    const first = await invoke("throws");
    expect(first.error).toBe("Unhandled");
    expect(first.answer).toMatchObject({ errorType: "TypeError", errorMessage: "no such file" });
    expect((await invoke("throws")).log).not.toContain("Init Duration");
  });

  test("is killed at its timeout, even in a busy loop, and starts anew", async () => {
    await harness.deploy("busy", `export const handler = async ({ spin }) => { while (spin); return "free"; };`, {
      timeout: 1,
    });
    const { answer, error, log } = await invoke("busy", { spin: true });
    expect(error).toBe("Unhandled");
    expect(answer.errorType).toBe("Sandbox.Timedout");
    expect(answer.errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/);
    expect(log).toContain("Status: timeout");
    expect((await invoke("busy")).answer).toBe("free");
  });

  test("is killed above its memory", async () => {
    await harness.deploy(
      "greedy",
      `const kept = []; export const handler = async () => { for (;;) { kept.push(Buffer.alloc(5e6, 1)); await new Promise((r) => setTimeout(r, 5)); } };`,
      { memory_size: 128 },
    );
    const { answer, error } = await invoke("greedy");
    expect(error).toBe("Unhandled");
    expect(answer.errorType).toBe("Runtime.OutOfMemory");
  });

  test("that exits is reported with its status", async () => {
    await harness.deploy("exits", "export const handler = async ({ code }) => process.exit(code);");
    expect((await invoke("exits", { code: 3 })).answer).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 3"),
    });
    expect((await invoke("exits", { code: 0 })).answer.errorMessage).toContain(
      "Runtime exited without providing a reason",
    );
  });

  test("that cannot be loaded says why", async () => {
    await harness.deploy("broken", `throw new Error("bad configuration"); export const handler = 1;`);
    const { answer, error, log } = await invoke("broken");
    expect(error).toBe("Unhandled");
    expect(answer).toMatchObject({ errorType: "Error", errorMessage: "bad configuration" });
    expect(log).toContain("Status: error");
    await harness.deploy("nothing", "export const other = 1;");
    expect((await invoke("nothing")).answer.errorType).toBe("Runtime.HandlerNotFound");
  });

  test("may not answer more than 6 MB", async () => {
    await harness.deploy("large", `export const handler = async ({ size }) => "x".repeat(size);`);
    expect((await invoke("large", { size: 6_291_556 - 2 })).answer).toHaveLength(6_291_554);
    const { error, answer } = await invoke("large", { size: 6_291_556 - 1 });
    expect(error).toBe("Unhandled");
    expect(answer.errorType).toBe("Function.ResponseSizeTooLarge");
  });
});

test("a sandbox that is killed while it is idle is replaced", async () => {
  await harness.deploy("killed", "export const handler = async () => process.pid;");
  const { answer: pid } = await invoke("killed");
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), PATIENCE);
  const { answer, error } = await invoke("killed");
  expect(error).toBeUndefined();
  expect(answer).not.toBe(pid);
});

test("the packages that no function uses any more are gone after the next start", async () => {
  const first = await harness.deploy("app", "export const handler = async () => 1;");
  await harness.change("aws_lambda_function", first, {
    filename: harness.zip({ "index.mjs": "export const handler = async () => 2;" }),
  });
  const zips = join(harness.directory, "lambda", "code", "zip");
  expect(readdirSync(zips)).toHaveLength(2);
  await harness.restart();
  expect(readdirSync(zips)).toHaveLength(1);
  expect((await invoke("app")).answer).toBe(2);
});

describe("a request", () => {
  test("may not be over the limits", async () => {
    await harness.deploy("size", "export const handler = async (event) => event.length;");
    const payload = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
    expect((await invoke("size", "x".repeat(6_291_454))).answer).toBe(6_291_454);
    const tooLarge = {
      name: "RequestEntityTooLargeException",
      $metadata: expect.objectContaining({ httpStatusCode: 413 }),
    };
    await expect(client.invoke({ FunctionName: "size", Payload: payload(6_291_457) })).rejects.toMatchObject(tooLarge);
    await expect(
      client.invoke({ FunctionName: "size", Payload: payload(1_048_577), InvocationType: "Event" }),
    ).rejects.toMatchObject(tooLarge);
  });

  test("must name a function, hold JSON, and may be dry", async () => {
    await expect(invoke("missing")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await harness.deploy("dry", "export const handler = async () => {};");
    await expect(client.invoke({ FunctionName: "dry", Payload: "{" })).rejects.toMatchObject({
      name: "InvalidRequestContentException",
    });
    const { StatusCode } = await client.invoke({ FunctionName: "dry", InvocationType: "DryRun" });
    expect(StatusCode).toBe(204);
    expect((await invoke("arn:aws:lambda:us-east-1:000000000000:function:dry")).answer).toBeNull();
  });

  test("is refused at the reserved concurrency", async () => {
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
