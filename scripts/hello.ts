import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { parseUsername } from "../services/hello/person.ts";
import { physicalName } from "../stacks/base/naming.ts";
import { openAws } from "../tools/aws/open-aws.ts";
import { erasePerson, exportPerson } from "../tools/hello/person.ts";
import { restoreDrill } from "../tools/hello/restore-drill.ts";

/** `npm run hello -- <command>`: what the operator of the Hello system does. */
const USAGE = `usage: npm run hello -- <command> [--stage <stage>]
  export <username>   prints all that is known of a person, as JSON (GDPR article 15)
  erase <username>    forgets a person (GDPR article 17)
  restore-drill       restores the table beside itself, compares, and deletes the copy

On the running local deployment, or on the environment in NV_DEMO_ENVIRONMENT with the shell's credentials. The stage is live if not given.`;

process.exit(await main());

async function main(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { stage: { type: "string" } } });
    return await run(positionals, values.stage ?? "live");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

async function run([command, name, ...rest]: readonly string[], stage: string): Promise<number> {
  const needsName = command === "export" || command === "erase";
  if ((!needsName && command !== "restore-drill") || rest.length > 0 || needsName !== (name !== undefined)) {
    console.error(USAGE);
    return 2;
  }
  const username = needsName ? parseUsername(name ?? "") : undefined;
  const { environment, client: settings } = await openAws();
  const stages = environment.hello.stages.map((known) => known.name);
  if (!stages.includes(stage)) throw new Error(`There is no stage "${stage}"; there are ${stages.join(", ")}.`);
  const table = physicalName(environment, "table", `hello-${stage}`);
  const client = new DynamoDBClient(settings);
  if (username === undefined) {
    const report = await restoreDrill(client, table, (line) => console.error(line));
    console.log(JSON.stringify(report, undefined, 2));
    return 0;
  }
  if (command === "export") {
    const data = await exportPerson(client, table, username, new Date());
    if (data) console.log(JSON.stringify(data, undefined, 2));
    else console.error(`Nothing is known of ${username}.`);
    return data ? 0 : 1;
  }
  const known = await erasePerson(client, table, username);
  console.error(known ? `${username} is forgotten.` : `Nothing was known of ${username}.`);
  return 0;
}
