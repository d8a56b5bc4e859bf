import type { syntheticsOperations } from "./operations/index.ts";

/** https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_Operations.html */
export const ROUTES: Readonly<Record<string, keyof ReturnType<typeof syntheticsOperations>>> = {
  "POST /canaries": "DescribeCanaries",
  "POST /canaries/last-run": "DescribeCanariesLastRun",
  "GET /canary/{name}": "GetCanary",
  "PATCH /canary/{name}": "UpdateCanary",
  "POST /canary/{name}/runs": "GetCanaryRuns",
  "POST /canary/{name}/start": "StartCanary",
  "POST /canary/{name}/stop": "StopCanary",
  "GET /tags/{arn}": "ListTagsForResource",
};
