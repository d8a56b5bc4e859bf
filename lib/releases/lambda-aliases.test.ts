import { afterEach, beforeEach, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../aws/testing/aws-server.ts";
import { LambdaAliases } from "./lambda-aliases.ts";
import { ReleaseError } from "./release.ts";

const url = "/2015-03-31/functions/nv-demo-build-info/aliases/live";
const stage = { name: "live", serving: { version: "1" }, revision: "r1" };

let server: AwsServer;
let aliases: LambdaAliases;

beforeEach(async () => {
  server = await startAwsServer();
  aliases = new LambdaAliases(server.access, "nv-demo-build-info");
});
afterEach(() => server.close());

it.each([
  [{}, { version: "1" }],
  [{ RoutingConfig: {} }, { version: "1" }],
  [
    { RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } } },
    { version: "1", canary: { version: "2", weight: 0.1 } },
  ],
])("reads an alias with %o", async (routing, serving) => {
  server.response = { status: 200, body: { FunctionVersion: "1", RevisionId: "r1", ...routing } };
  expect(await aliases.stage("live")).toEqual({ name: "live", serving, revision: "r1" });
  expect(server.received).toMatchObject([{ method: "GET", url }]);
});

it("changes an alias that has the revision, and removes a canary", async () => {
  await aliases.serve(stage, { version: "1", canary: { version: "2", weight: 0.1 } });
  await aliases.serve(stage, { version: "2" });
  const change = { FunctionVersion: "1", RevisionId: "r1" };
  expect(server.received).toMatchObject([
    { method: "PUT", url, body: { ...change, RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } } } },
    { body: { ...change, FunctionVersion: "2", RoutingConfig: { AdditionalVersionWeights: {} } } },
  ]);
});

it("reports a concurrent change", async () => {
  server.response = { status: 412, errorType: "PreconditionFailedException", body: { message: "The RevisionId …" } };
  await expect(aliases.serve(stage, { version: "2" })).rejects.toThrow(ReleaseError);
  await expect(aliases.serve(stage, { version: "2" })).rejects.toMatchObject({ code: "ChangedMeanwhile" });
});
