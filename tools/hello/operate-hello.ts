import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InvalidPersonError, parseUsername, type Username } from "../../services/hello/person.ts";
import { physicalName } from "../../stacks/base/naming.ts";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { didYouMean } from "../command-line/closest-match.ts";
import { UsageError } from "../command-line/errors.ts";
import { erasePerson, exportPerson } from "./person.ts";
import { restoreDrill } from "./restore-drill.ts";

/** Prints all data of a person as JSON. @returns the exit code: 1 when there is none. */
export async function exportData(environment: EnvironmentName, stage: string, name: string): Promise<number> {
  const username = readUsername(name);
  const { client, table } = await openTable(environment, stage);
  const data = await exportPerson(client, table, username, new Date());
  if (data) console.log(JSON.stringify(data, undefined, 2));
  else console.error(`There is no data of ${username}.`);
  return data ? 0 : 1;
}

/** Deletes the data of a person. @returns the exit code. */
export async function eraseData(environment: EnvironmentName, stage: string, name: string): Promise<number> {
  const username = readUsername(name);
  const { client, table } = await openTable(environment, stage);
  const existed = await erasePerson(client, table, username);
  console.error(existed ? `The data of ${username} was deleted.` : `There was no data of ${username}.`);
  return 0;
}

/** Tests the restore of the table, and prints a report as JSON. @returns the exit code. */
export async function drillRestore(environment: EnvironmentName, stage: string): Promise<number> {
  const { client, table } = await openTable(environment, stage);
  const report = await restoreDrill(client, table, (line) => console.error(line));
  console.log(JSON.stringify(report, undefined, 2));
  return 0;
}

function readUsername(name: string): Username {
  try {
    return parseUsername(name);
  } catch (cause) {
    if (!(cause instanceof InvalidPersonError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}

async function openTable(name: EnvironmentName, stage: string) {
  const { environment, client } = await openAws(name);
  const stages = environment.hello.stages.map((known) => known.name);
  if (!stages.includes(stage)) {
    const hint = didYouMean(stage, stages) || ` There are ${stages.join(", ")}.`;
    throw new UsageError(`There is no stage "${stage}".${hint}`);
  }
  return { client: new DynamoDBClient(client), table: physicalName(environment, "table", `hello-${stage}`) };
}
