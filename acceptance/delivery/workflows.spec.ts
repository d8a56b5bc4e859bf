import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { FakeGithub } from "../support/github.ts";
import { target } from "../support/target.ts";
import { WorkflowRunner } from "../support/workflow.ts";

const FunctionName = `${target.prefix}-hello-test`;

/** Runs the commands of the workflows in order against the local deployment. */
describe.skipIf(target.kind !== "local")("the workflows", () => {
  const github = new FakeGithub();
  const lambda = new LambdaClient(clientSettings(target.awsVariables));
  let runner: WorkflowRunner;

  beforeAll(async () => {
    runner = new WorkflowRunner({
      ENVIRONMENT: "local",
      NV_DEMO_DATA: target.dataDirectory,
      ...(await github.listen()),
    });
  });
  afterAll(async () => {
    lambda.destroy();
    runner.remove();
    await github.close();
  });

  const timeout = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Timeout;

  it("find drift, plan, apply exactly the approved plan, and then find no drift", {
    timeout: 300_000,
  }, async () => {
    const before = await timeout();
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: (before ?? 0) + 7 }));

    const drift = await runner.run("drift", "drift", "Detect drift");
    expect(drift.outputs, drift.output).toEqual({ code: "2" });
    const opened = await runner.run("drift", "drift", "Update the issues");
    expect(opened.code, opened.output).toBe(0);
    expect(github.writes.map(({ body }) => body.title)).toEqual(["local: hello drifted"]);

    const plan = await runner.run("deploy", "plan", "Plan");
    expect(plan.outputs, plan.output).toEqual({ code: "2", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(runner.read("summary.md")).toContain("hello");
    const PLANS = "s3://artifacts/plans/1-1";
    const stored = await runner.run("deploy", "plan", "Upload the plans", { PLANS });
    expect(stored.outputs, stored.output).toEqual({ plans: PLANS });

    // Someone changes the plan in the bucket before it is approved.
    const approved = { PLANS, SHA256: plan.outputs.sha256 };
    const original = runner.read("buckets/artifacts/plans/1-1/plan.json");
    runner.write("buckets/artifacts/plans/1-1/plan.json", `${original} `);
    await runner.run("deploy", "apply", "Download the approved plans", approved);
    const rejected = await runner.run("deploy", "apply", "Apply", approved);
    expect(rejected.code).toBe(1);
    expect(rejected.outputs).toEqual({});
    expect(await timeout()).not.toBe(before);

    runner.write("buckets/artifacts/plans/1-1/plan.json", original);
    await runner.run("deploy", "apply", "Download the approved plans", approved);
    const applied = await runner.run("deploy", "apply", "Apply", approved);
    expect(applied.code, applied.output).toBe(0);
    expect(applied.outputs).toEqual({}); // No further round is needed.
    expect(await timeout()).toBe(before);

    const again = await runner.run("deploy", "plan", "Plan");
    expect(again.outputs.code, again.output).toBe("0");
    const clean = await runner.run("drift", "drift", "Detect drift");
    expect(clean.outputs, clean.output).toEqual({ code: "0" });
    const closed = await runner.run("drift", "drift", "Update the issues");
    expect(closed.code, closed.output).toBe(0);
    expect(github.writes.at(-1)).toMatchObject({ body: { state: "closed" } });
  });

  it("plan a pull request and write its comment", { timeout: 300_000 }, async () => {
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
