import type { RestOperation } from "../../../gateway/protocol.ts";
import type { SyntheticsContext } from "./context.ts";
import { describeCanaries } from "./describe-canaries.ts";
import { describeCanariesLastRun } from "./describe-canaries-last-run.ts";
import { getCanary } from "./get-canary.ts";
import { getCanaryRuns } from "./get-canary-runs.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { startCanary } from "./start-canary.ts";
import { stopCanary } from "./stop-canary.ts";
import { updateCanary } from "./update-canary.ts";

export function syntheticsOperations(context: SyntheticsContext) {
  return {
    DescribeCanaries: describeCanaries(context),
    DescribeCanariesLastRun: describeCanariesLastRun(context),
    GetCanary: getCanary(context),
    GetCanaryRuns: getCanaryRuns(context),
    ListTagsForResource: listTagsForResource(context),
    StartCanary: startCanary(context),
    StopCanary: stopCanary(context),
    UpdateCanary: updateCanary(context),
  } satisfies Record<string, RestOperation>;
}
