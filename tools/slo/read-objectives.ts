import { S3Client } from "@aws-sdk/client-s3";
import * as v from "valibot";
import type { Objective } from "../../stacks/slo/objective.ts";
import type { Aws } from "../aws/open-aws.ts";
import { StackOutputs } from "../aws/stack-outputs.ts";
import { CommandError } from "../command-line/errors.ts";

/** The environment has no objectives, because the stack `slo` is not deployed. */
export class NoObjectivesError extends CommandError {
  override readonly name = "NoObjectivesError";
  readonly code = "NO_OBJECTIVES";
}

/** An objective as the stack publishes it. */
export type PublishedObjective = Omit<Objective, "suppressedBy">;

const metric = v.object({
  namespace: v.string(),
  metricName: v.string(),
  dimensions: v.record(v.string(), v.string()),
  statistic: v.string() as v.GenericSchema<Objective["indicator"]["metrics"][string]["statistic"]>,
});

const objective: v.GenericSchema<unknown, PublishedObjective> = v.object({
  id: v.string(),
  system: v.picklist(["files", "hello", "releases", "shout", "sum"]),
  kind: v.picklist(["availability", "latency"]),
  good: v.string(),
  target: v.number(),
  indicator: v.object({ badPercentage: v.string(), metrics: v.objectWithRest({ requests: metric }, metric) }),
});

/**
 * The objectives that are deployed in the environment.
 *
 * @throws NoObjectivesError
 */
export async function readObjectives({ environment, client }: Aws): Promise<readonly PublishedObjective[]> {
  const s3 = new S3Client({ ...client, forcePathStyle: environment.s3Addressing === "path" });
  try {
    const texts = (await StackOutputs.read(s3, environment, "slo")).list("objectives");
    if (texts.length > 0) return texts.map((text) => v.parse(v.pipe(v.string(), v.parseJson(), objective), text));
  } finally {
    s3.destroy();
  }
  throw new NoObjectivesError(
    `${environment.name} has no objectives, because the stack "slo" is not deployed. Deploy it: ` +
      (environment.name === "local" ? "npm start" : `npm run deploy -- ${environment.name} slo`),
  );
}
