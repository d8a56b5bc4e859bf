import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { canaryPage } from "./canary-page.ts";
import { runDescription } from "./run-description.ts";

export const describeCanariesLastRun =
  (canaries: Canaries) =>
  (input: RestInput, call: Call): object => {
    const { page, next } = canaryPage(canaries, input, call, "synthetics:DescribeCanariesLastRun");
    const lastRuns = page.flatMap(({ name }) => {
      const [run] = canaries.runsOf(name);
      return run ? [{ CanaryName: name, LastRun: runDescription(run) }] : [];
    });
    return { CanariesLastRun: lastRuns, NextToken: next };
  };
