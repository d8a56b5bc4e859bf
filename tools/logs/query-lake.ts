import { setTimeout } from "node:timers/promises";
import { AthenaClient } from "@aws-sdk/client-athena";
import { physicalName } from "../../stacks/base/naming.ts";
import type { Aws } from "../aws/open-aws.ts";
import { interruption } from "../command-line/interruption.ts";
import { type Lake, runQuery, type SavedQuery, savedQueries } from "./athena.ts";
import { type RowFormat, renderRows } from "./render-rows.ts";

/** ms between two requests for the state of a query; AWS allows 100 per second. */
const INTERVAL = 300;
const KILOBYTE = 1_000;

/** Where the stack `logs` is. Its names are derived, so that no state has to be read. */
export function lakeOf({ environment }: Pick<Aws, "environment">): Lake {
  return {
    workgroup: physicalName(environment, "workgroup", "logs"),
    database: physicalName(environment, "catalogDatabase", "logs").replaceAll("-", "_"),
  };
}

/** Whether an argument is a statement and not a name. */
export function isStatement(argument: string): boolean {
  return /^\s*(select|with)\s/i.test(argument);
}

export async function listSavedQueries(aws: Aws): Promise<SavedQuery[]> {
  const client = new AthenaClient(aws.client);
  try {
    return await savedQueries(client, lakeOf(aws).workgroup);
  } finally {
    client.destroy();
  }
}

/**
 * Prints the result of a query on the log lake. What it read is printed to standard error.
 *
 * @throws QueryFailedError
 */
export async function printQuery(aws: Aws, statement: string, format: RowFormat): Promise<void> {
  const client = new AthenaClient(aws.client);
  try {
    const options = { signal: interruption(), wait: () => setTimeout(INTERVAL) };
    const result = await runQuery(client, lakeOf(aws), statement, options);
    if (format !== "table" || result.rows.length > 0) console.log(renderRows(result, format));
    const { length } = result.rows;
    const read = (result.scannedBytes / KILOBYTE).toFixed(1);
    console.error(`${length === 1 ? "1 row" : `${length} rows`}, ${read} KB read.`);
  } finally {
    client.destroy();
  }
}
