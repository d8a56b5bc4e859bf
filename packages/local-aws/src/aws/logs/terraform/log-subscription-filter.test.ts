import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { arn, REGION } from "../../../runtime/account.ts";
import { LambdaHarness } from "../../lambda/testing/lambda-harness.ts";

let harness: LambdaHarness;
let client: CloudWatchLogs;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  harness = new LambdaHarness();
  client = new CloudWatchLogs(await harness.listen());
  const resources = [harness.lambda, harness.logs].flatMap(({ terraform }) => terraform.resources ?? []);
  workspace = new TerraformWorkspace({ resources });
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  client.destroy();
  await harness.close();
});

function configuration(filter_pattern: string, principal = "logs.amazonaws.com") {
  return {
    provider: { aws: { region: REGION } },
    resource: {
      aws_cloudwatch_log_group: { app: { name: "/app" } },
      aws_lambda_function: {
        receiver: {
          function_name: "receiver",
          filename: harness.zip({ "index.mjs": "export const handler = async (event) => console.log(event);" }),
          handler: "index.handler",
          runtime: "nodejs24.x",
          role: arn("iam", "role/receiver", "global"),
        },
      },
      aws_lambda_permission: {
        logs: {
          action: "lambda:InvokeFunction",
          function_name: "${aws_lambda_function.receiver.function_name}",
          principal,
          source_arn: "${aws_cloudwatch_log_group.app.arn}:*",
        },
      },
      aws_cloudwatch_log_subscription_filter: {
        audit: {
          name: "audit",
          log_group_name: "${aws_cloudwatch_log_group.app.name}",
          filter_pattern,
          destination_arn: "${aws_lambda_function.receiver.arn}",
          depends_on: ["aws_lambda_permission.logs"],
        },
      },
    },
  };
}

const described = async () =>
  (await client.describeSubscriptionFilters({ logGroupName: "/app" })).subscriptionFilters?.map(
    ({ filterPattern }) => filterPattern,
  );

it("is created, changed, imported, refreshed and destroyed by Terraform", async () => {
  const address = "aws_cloudwatch_log_subscription_filter.audit";
  await workspace.apply(configuration('{ $.audit.action = "*" }'));
  expect(workspace.attributes(address)).toMatchObject({ distribution: "ByLogStream", role_arn: "" });
  expect(workspace.attributes(address).id).toMatch(/^cwlsf-\d+$/);
  expect((await workspace.plan()).code).toBe(0);

  const changed = configuration("ERROR");
  await workspace.apply(changed);
  expect(await described()).toEqual(["ERROR"]);
  harness.logs.write("/app", "one", ["INFO", "ERROR"]);
  await expect.poll(() => harness.logged("receiver")).toContain("awslogs");

  expect((await workspace.run("state", "rm", address)).code).toBe(0);
  expect((await workspace.run("import", "-no-color", address, "/app|audit")).code).toBe(0);
  expect((await workspace.plan()).code).toBe(0);

  await client.deleteSubscriptionFilter({ logGroupName: "/app", filterName: "audit" });
  expect((await workspace.plan()).output).toContain("1 to add");
  await workspace.apply(changed);
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  await expect(described()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
}, 60_000);

it("is rejected when the function does not allow CloudWatch Logs", async () => {
  await expect(workspace.apply(configuration("", "events.amazonaws.com"))).rejects.toThrow(
    "Could not execute the lambda function.",
  );
}, 60_000);
