import { beforeEach, describe, expect, it } from "vitest";
import { aws, installed } from "../support/aws-cli.ts";
import { EVENTUALLY, FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const { kind, prefix } = target;
const files = new FilesClient();

/** The output of a command of X-Ray. */
async function xray<Output>(...args: string[]): Promise<Output> {
  const { code, stdout, output } = await aws("xray", ...args, "--output", "json");
  expect(code, output).toBe(0);
  return JSON.parse(stdout) as Output;
}

interface Summaries {
  readonly TraceSummaries: readonly { readonly Id: string; readonly EntryPoint: { readonly Name: string } }[];
}

interface Traces {
  readonly Traces: readonly {
    readonly Id: string;
    readonly Segments: readonly { readonly Document: string }[];
  }[];
}

interface Segment {
  readonly name: string;
  readonly origin: string;
  readonly subsegments?: readonly { readonly name: string }[];
}

// On AWS, one request per second is sampled, and five percent of the others.
describe.skipIf(kind !== "local")("traces", () => {
  beforeEach(({ skip }) => {
    skip(installed.length === 0, "no AWS CLI on the PATH");
  });

  it("has the segments of each request to the Files API", async () => {
    const since = Date.now() / 1_000;
    expect((await files.request("/api/list")).status).toBe(200);
    const summaries = () => {
      const range = ["--start-time", String(since), "--end-time", String(since + 3_600)];
      return xray<Summaries>("get-trace-summaries", ...range, "--filter-expression", `service("${prefix}-api") AND ok`);
    };
    await expect.poll(async () => (await summaries()).TraceSummaries.length, EVENTUALLY).toBeGreaterThan(0);
    const [summary] = (await summaries()).TraceSummaries;
    expect(summary?.EntryPoint.Name).toBe(`${prefix}-api`);

    const { Traces } = await xray<Traces>("batch-get-traces", "--trace-ids", summary?.Id ?? "");
    const segments = Traces[0]?.Segments.map(({ Document }) => JSON.parse(Document) as Segment) ?? [];
    const ofFunction = segments.find(({ origin }) => origin === "AWS::Lambda::Function");
    expect(segments.map(({ origin }) => origin)).toContain("AWS::Lambda");
    expect(ofFunction?.name).toBe(`${prefix}-api`);
    expect(ofFunction?.subsegments?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Invocation", "Overhead"]),
    );
  });

  it("has the services in its graph", async () => {
    await files.request("/api/list");
    const names = async () => {
      const now = Math.floor(Date.now() / 1_000);
      const range = ["--start-time", String(now - 600), "--end-time", String(now + 60)];
      const { Services } = await xray<{ Services: readonly { Name: string }[] }>("get-service-graph", ...range);
      return Services.map(({ Name }) => Name);
    };
    await expect.poll(names, EVENTUALLY).toContain(`${prefix}-api`);
  });
});
