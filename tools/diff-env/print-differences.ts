import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { table } from "../command-line/table.ts";
import { differences, renderValue } from "./differences.ts";

/** Prints the differences between two environments. @returns the exit code. */
export async function printDifferences(left: EnvironmentName, right: EnvironmentName, json: boolean): Promise<number> {
  const found = differences(environmentData(left), environmentData(right));
  if (json) console.log(JSON.stringify({ left, right, differences: found }));
  else if (found.length === 0) console.log(`${left} and ${right} do not differ.`);
  else {
    const rows = found.map((one) => [one.path, renderValue(one.left), renderValue(one.right)]);
    console.log(table(["", left, right], rows));
  }
  return 0;
}
