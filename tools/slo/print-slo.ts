import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { measureObjectives, type ObjectiveStatus } from "./measure-objectives.ts";
import { readObjectives } from "./read-objectives.ts";
import { budgetStatus, renderSlo } from "./render-slo.ts";

/**
 * Prints how much of the error budget of each objective remains.
 *
 * @throws NoObjectivesError
 */
export async function printSlo(name: EnvironmentName, { json }: { readonly json: boolean }): Promise<void> {
  const aws = await openAws(name);
  const objectives = await readObjectives(aws);
  const client = new CloudWatchClient(aws.client);
  try {
    const statuses = await measureObjectives(client, objectives, Date.now());
    console.log(json ? JSON.stringify(statuses.map(describeStatus), null, 2) : renderSlo(name, statuses));
  } finally {
    client.destroy();
  }
}

function describeStatus(status: ObjectiveStatus): object {
  const { indicator: _, ...objective } = status.objective;
  return { ...objective, ...status.days, ...budgetStatus(status) };
}
