import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { Github } from "../support/github.ts";
import { Runner } from "../support/workflow.ts";

const target = inject("target");
const FunctionName = `${target.prefix}-hello-test`;

/** The commands of the workflows, in their order, against the local deployment. */
describe.skipIf(target.kind !== "local")("the workflows", () => {
  const github = new Github();
  const lambda = new LambdaClient(clientSettings(target.awsVariables));
  let runner: Runner;

  beforeAll(async () => {
    runner = new Runner({ ENVIRONMENT: "local", NV_DEMO_DATA: target.dataDirectory, ...(await github.listen()) });
  });
  afterAll(async () => {
    lambda.destroy();
    runner.remove();
    await github.close();
  });

  const timeout = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Timeout;

  it("find drift, plan, apply the very plan that was approved, and find nothing left", {
    timeout: 300_000,
  }, async () => {
    const before = await timeout();
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: (before ?? 0) + 7 }));

    const look = await runner.run("drift", "drift", "Look");
    expect(look.outputs, look.output).toEqual({ code: "2" });
    const opened = await runner.run("drift", "drift", "Settle the issues");
    expect(opened.code, opened.output).toBe(0);
    expect(github.writes.map(({ body }) => body.title)).toEqual(["local: hello drifted"]);

    const plan = await runner.run("deploy", "plan", "Plan");
    expect(plan.outputs, plan.output).toEqual({ code: "2", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(runner.read("summary.md")).toContain("hello");
    const PLANS = "s3://artifacts/plans/1-1";
    const kept = await runner.run("deploy", "plan", "Keep the plans", { PLANS });
    expect(kept.outputs, kept.output).toEqual({ plans: PLANS });

    // somebody changes what lies in the bucket while the approval is waited for
    const approved = { PLANS, SHA256: plan.outputs.sha256 };
    const original = runner.read("buckets/artifacts/plans/1-1/plan.json");
    runner.write("buckets/artifacts/plans/1-1/plan.json", `${original} `);
    await runner.run("deploy", "apply", "Fetch the plans that were approved", approved);
    const refused = await runner.run("deploy", "apply", "Apply", approved);
    expect(refused.code).toBe(1);
    expect(refused.outputs).toEqual({});
    expect(await timeout()).not.toBe(before);

    runner.write("buckets/artifacts/plans/1-1/plan.json", original);
    await runner.run("deploy", "apply", "Fetch the plans that were approved", approved);
    const applied = await runner.run("deploy", "apply", "Apply", approved);
    expect(applied.code, applied.output).toBe(0);
    expect(applied.outputs).toEqual({}); // no other round
    expect(await timeout()).toBe(before);

    const again = await runner.run("deploy", "plan", "Plan");
    expect(again.outputs.code, again.output).toBe("0");
    const clean = await runner.run("drift", "drift", "Look");
    expect(clean.outputs, clean.output).toEqual({ code: "0" });
    const closed = await runner.run("drift", "drift", "Settle the issues");
    expect(closed.code, closed.output).toBe(0);
    expect(github.writes.at(-1)).toMatchObject({ body: { state: "closed" } });
  });

  it("plan a pull request and write its one comment", { timeout: 300_000 }, async () => {
    const variables = { BASE: "HEAD", PULL_REQUEST: "7" };
    const plan = await runner.run("plan", "plan", "Plan", variables);
    expect(plan.outputs.code, plan.output).toMatch(/^[02]$/);
    const cost = await runner.run("plan", "plan", "Cost", variables);
    expect(cost.code, cost.output).toBe(0);
    const comment = await runner.run("plan", "plan", "Comment", variables);
    expect(comment.code, comment.output).toBe(0);
    expect(github.writes.at(-1)).toMatchObject({
      call: "POST /repos/octo-example/nv-demo/issues/7/comments",
      body: { body: expect.stringMatching(/^<!-- nv-demo: plan local -->\n\n### Plan for `local`/) },
    });
  });
});
