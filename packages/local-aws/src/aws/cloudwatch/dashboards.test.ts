import { GetDashboardCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, expect, it } from "vitest";
import { dashboardArn } from "./dashboards.ts";
import { CloudWatchHarness } from "./testing/cloudwatch-harness.ts";

const BODY = JSON.stringify({ widgets: [] });

let aws: CloudWatchHarness;

beforeEach(async () => {
  aws = await CloudWatchHarness.start();
});
afterEach(() => aws.stop());

it("returns dashboards that Terraform has created", async () => {
  for (const name of ["nv-files", "other"]) await aws.applyDashboard(name, BODY);
  expect(await aws.client.send(new GetDashboardCommand({ DashboardName: "nv-files" }))).toMatchObject({
    DashboardName: "nv-files",
    DashboardArn: dashboardArn("nv-files"),
    DashboardBody: BODY,
  });
  const { DashboardEntries } = await aws.client.send(new ListDashboardsCommand({ DashboardNamePrefix: "nv-" }));
  expect(DashboardEntries).toMatchObject([
    { DashboardName: "nv-files", DashboardArn: dashboardArn("nv-files"), Size: BODY.length },
  ]);
});

it("returns an error for a dashboard that does not exist", async () => {
  await expect(aws.client.send(new GetDashboardCommand({ DashboardName: "missing" }))).rejects.toThrow(
    "Dashboard missing does not exist",
  );
});
