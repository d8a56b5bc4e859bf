import { setTimeout } from "node:timers/promises";
import { AthenaClient } from "@aws-sdk/client-athena";
import { S3Client } from "@aws-sdk/client-s3";
import { physicalName } from "../../stacks/base/naming.ts";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { UsageError } from "../command-line/errors.ts";
import { interruption } from "../command-line/interruption.ts";
import { openTerminalInput } from "../command-line/terminal/terminal-input.ts";
import { eraseEntries } from "./erase-entries.ts";
import { lakeOf } from "./query-lake.ts";

/** ms between two requests for the state of a query. */
const INTERVAL = 300;

/**
 * Removes the rows of a user from the log lake, after the name was typed.
 *
 * @returns the exit code.
 * @throws UsageError, WrongAwsError, QueryFailedError
 */
export async function eraseUser(environment: EnvironmentName, name: string, yes: boolean): Promise<number> {
  const aws = await openAws(environment);
  if (!yes) await confirm(name);
  const athena = new AthenaClient(aws.client);
  const s3 = new S3Client({ ...aws.client, forcePathStyle: aws.environment.s3Addressing === "path" });
  try {
    const { entries, objects, results } = await eraseEntries(name, {
      athena,
      s3,
      lake: lakeOf(aws),
      resultBucket: physicalName(aws.environment, "bucket", "log-results"),
      now: new Date(),
      signal: interruption(),
      wait: () => setTimeout(INTERVAL),
    });
    console.error(`Removed ${entries} entries of ${name} from ${objects} objects of the log lake,`);
    console.error(`and ${results} results of earlier queries.`);
    const { bufferSeconds } = aws.environment.logLake;
    console.error(`Entries of the last ${bufferSeconds} s may arrive later: run it again after that.`);
    return 0;
  } finally {
    athena.destroy();
    s3.destroy();
  }
}

async function confirm(name: string): Promise<void> {
  const input = openTerminalInput();
  if (!input.isTerminal) throw new UsageError("Standard input is not a terminal: confirm with --yes.");
  const typed = (await input.ask(`Type ${name} to remove all log entries of this user: `)).trim();
  if (typed !== name) throw new UsageError(`Nothing was removed: that is not the name ${name}.`);
}
