import { beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "../provider/schema/aws.ts";
import { type Coverage, readCoverage } from "./coverage.ts";
import { coveragePage } from "./coverage-page.ts";

let coverage: Coverage;
beforeAll(async () => {
  coverage = await readCoverage(readSchema());
});

describe("the coverage", () => {
  it("lists the actions of every service", () => {
    for (const [service, actions] of Object.entries(coverage.actions)) expect(actions, service).not.toEqual([]);
    expect(coverage.actions.sqs).toContain("SendMessage");
    expect(coverage.actions.s3).toContain("PutObject");
    expect(coverage.actions.lambda).toContain("Invoke");
  });

  it("distinguishes live resource types from recorded ones", () => {
    expect(coverage.resourceTypes.live).toContain("aws_s3_bucket");
    expect(coverage.resourceTypes.recordedOnly).toContain("aws_vpc");
  });

  it("is the same as in COVERAGE.md", async () => {
    await expect(coveragePage(coverage)).toMatchFileSnapshot("../../COVERAGE.md");
  });
});
