import { Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arn } from "../../runtime/account.ts";
import { functionArn } from "./configuration.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

const QUEUE = arn("sqs", "files");

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

function send(FunctionName: string, event: unknown) {
  return client.invoke({ FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) });
}

function runs(functionName: string): number {
  return harness.logged(functionName).split("REPORT RequestId").length - 1;
}

describe("an asynchronous invocation", () => {
  it("is acknowledged before it runs", async () => {
    await harness.deploy("work", `export const handler = async ({ id }) => console.log("processed " + id);`);
    expect(await send("work", { id: 7 })).toMatchObject({ StatusCode: 202 });
    await expect.poll(() => harness.logged("work")).toContain("processed 7");
  });

  it("is attempted three times, and then sent to the failure destination and the dead-letter queue", async () => {
    await harness.deploy("poison", `export const handler = async () => { throw new Error("invalid input"); };`, {
      dead_letter_config: [{ target_arn: QUEUE }],
    });
    await harness.create("aws_lambda_function_event_invoke_config", {
      function_name: "poison",
      maximum_retry_attempts: 2,
      destination_config: [{ on_failure: [{ destination: `${QUEUE}-failed` }], on_success: [] }],
    });
    await send("poison", { id: 7 });
    await expect.poll(() => harness.delivered).toHaveLength(2);
    expect(runs("poison")).toBe(3);
    const [record, deadLetter] = harness.delivered;
    expect(record?.targetArn).toBe(`${QUEUE}-failed`);
    expect(JSON.parse(record?.body ?? "")).toMatchObject({
      version: "1.0",
      requestContext: {
        functionArn: functionArn("poison", "$LATEST"),
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { id: 7 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorMessage: "invalid input" },
    });
    expect(deadLetter).toMatchObject({
      targetArn: QUEUE,
      body: '{"id":7}',
      attributes: { ErrorMessage: "invalid input" },
    });
  });

  it("resumes after a restart", async () => {
    const throttled = await harness.deploy(
      "work",
      `export const handler = async ({ id }) => console.log("processed " + id);`,
      { reserved_concurrent_executions: 0 },
    );
    await send("work", { id: 8 });
    await harness.restart();
    await harness.update("aws_lambda_function", throttled, { reserved_concurrent_executions: -1 });
    await expect.poll(() => harness.logged("work")).toContain("processed 8");
  });
});
