import type { Call, RestInput, RestOperation } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Canary, canaryArn, canaryNotFound } from "./canary.ts";
import type { CanaryRun } from "./canary-run.ts";
import type { Synthetics } from "./synthetics.ts";

/** https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_GetCanaryRuns.html */
const MAX_RUNS = 100;
/** https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_DescribeCanaries.html */
const MAX_CANARIES = 20;

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The actions of CloudWatch Synthetics. Canaries are made and changed by Terraform alone. */
export function syntheticsRoutes(canaries: Synthetics): Readonly<Record<string, RestOperation>> {
  const named = ({ path }: RestInput, call: Call, action: string): Canary => {
    const name = path.name ?? "";
    call.authorize(`synthetics:${action}`, canaryArn(name));
    return canaries.get(name);
  };
  const selected = (
    input: RestInput,
    call: Call,
    action: string,
  ): { page: Canary[]; NextToken: string | undefined } => {
    call.authorize(`synthetics:${action}`, canaryArn("*"));
    const { Names, ...page } = parse(input.body) as PageInput & { Names?: readonly string[] };
    const all = canaries.all().filter(({ name }) => Names === undefined || Names.includes(name));
    return paginate(all, page, MAX_CANARIES);
  };
  return {
    "POST /canaries": (input, call) => {
      const { page, NextToken } = selected(input, call, "DescribeCanaries");
      return { Canaries: page.map((canary) => describe(canary, canaries)), NextToken };
    },
    "POST /canaries/last-run": (input, call) => {
      const { page, NextToken } = selected(input, call, "DescribeCanariesLastRun");
      const last = page.flatMap(({ name }) => {
        const [run] = canaries.runsOf(name);
        return run ? [{ CanaryName: name, LastRun: describeRun(run) }] : [];
      });
      return { CanariesLastRun: last, NextToken };
    },
    "GET /canary/{name}": (input, call) => ({ Canary: describe(named(input, call, "GetCanary"), canaries) }),
    "POST /canary/{name}/runs": (input, call) => {
      const { name } = named(input, call, "GetCanaryRuns");
      const { page, NextToken } = paginate(canaries.runsOf(name), parse(input.body) as PageInput, MAX_RUNS);
      return { CanaryRuns: page.map(describeRun), NextToken };
    },
    "POST /canary/{name}/start": (input, call) => {
      const { name } = named(input, call, "StartCanary");
      if (canaries.stateOf(name).status === "RUNNING") throw conflict(`Canary ${name} is already started.`);
      canaries.start(name);
    },
    "POST /canary/{name}/stop": (input, call) => {
      const { name } = named(input, call, "StopCanary");
      if (canaries.stateOf(name).status !== "RUNNING") throw conflict(`Canary ${name} is not started.`);
      canaries.stop(name);
    },
    "GET /tags/{arn}": (input, call) => {
      const [, name = ""] = /:canary:(.+)$/.exec(input.path.arn ?? "") ?? [];
      call.authorize("synthetics:ListTagsForResource", canaryArn(name));
      const canary = canaries.find(name);
      if (!canary) throw canaryNotFound(name);
      return { Tags: canary.tags };
    },
  };
}

function describe(canary: Canary, canaries: Synthetics) {
  const { status, startedAt, stoppedAt } = canaries.stateOf(canary.name);
  return {
    Id: canary.functionName.slice(-36),
    Name: canary.name,
    Code: { Handler: canary.handler },
    ExecutionRoleArn: canary.executionRoleArn,
    Schedule: { Expression: canary.expression, DurationInSeconds: canary.durationSeconds },
    RunConfig: {
      TimeoutInSeconds: canary.timeoutSeconds,
      MemoryInMB: canary.memoryMb,
      EnvironmentVariables: canary.environment,
    },
    SuccessRetentionPeriodInDays: canary.successRetentionDays,
    FailureRetentionPeriodInDays: canary.failureRetentionDays,
    Status: { State: status },
    Timeline: { LastStarted: seconds(startedAt), LastStopped: seconds(stoppedAt) },
    ArtifactS3Location: canary.artifactLocation,
    RuntimeVersion: canary.runtimeVersion,
    Tags: canary.tags,
  };
}

function describeRun({ id, canaryName, started, completed, outcome }: CanaryRun) {
  return {
    Id: id,
    Name: canaryName,
    Status: {
      State: outcome.state,
      ...(outcome.state === "FAILED" && { StateReason: outcome.reason, StateReasonCode: outcome.reasonCode }),
    },
    Timeline: { Started: seconds(started), Completed: seconds(completed) },
  };
}

/** The token is the number of items before the page. */
function paginate<Item>(items: readonly Item[], { MaxResults, NextToken }: PageInput, maximum: number) {
  const start = Number(NextToken ?? 0);
  const end = start + Math.min(MaxResults ?? maximum, maximum);
  return { page: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body || "{}");
  } catch {
    throw new AwsError("ValidationException", "The request body is not valid JSON.");
  }
}

/** The form of a time in REST-JSON answers. */
function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}

function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}
