import type { RestOperation } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { describeCanaries } from "./describe-canaries.ts";
import { describeCanariesLastRun } from "./describe-canaries-last-run.ts";
import { getCanary } from "./get-canary.ts";
import { getCanaryRuns } from "./get-canary-runs.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { startCanary } from "./start-canary.ts";
import { stopCanary } from "./stop-canary.ts";

export function syntheticsOperations(canaries: Canaries) {
  return {
    DescribeCanaries: describeCanaries(canaries),
    DescribeCanariesLastRun: describeCanariesLastRun(canaries),
    GetCanary: getCanary(canaries),
    GetCanaryRuns: getCanaryRuns(canaries),
    ListTagsForResource: listTagsForResource(canaries),
    StartCanary: startCanary(canaries),
    StopCanary: stopCanary(canaries),
  } satisfies Record<string, RestOperation>;
}
