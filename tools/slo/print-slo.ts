import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { measureObjectives } from "./measure-objectives.ts";
import { readObjectives } from "./read-objectives.ts";
import { budgetStatus, renderSlo } from "./render-slo.ts";

/**
 * Prints how much of the error budget of each objective remains.
 *
 * @returns the exit code: 1 when a budget is spent.
 * @throws NoObjectivesError
 */
export async function printSlo(name: EnvironmentName, { json }: { readonly json: boolean }): Promise<number> {
  const aws = await openAws(name);
  const objectives = await readObjectives(aws);
  const client = new CloudWatchClient(aws.client);
  try {
    const statuses = await measureObjectives(client, objectives, Date.now());
    const budgets = statuses.map(budgetStatus);
    const rows = statuses.map(({ objective: { indicator: _, ...objective }, days }, index) => ({
      ...objective,
      ...days,
      ...budgets[index],
    }));
    console.log(json ? JSON.stringify(rows, null, 2) : renderSlo(name, statuses));
    return budgets.some(({ remaining = 100 }) => remaining <= 0) ? 1 : 0;
  } finally {
    client.destroy();
  }
}
