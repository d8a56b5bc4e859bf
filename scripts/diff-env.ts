import { environmentNames } from "../stacks/environment/environment.ts";
import { environmentData } from "../stacks/environment/environments.ts";
import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { table } from "../tools/command-line/table.ts";
import { differences, renderValue } from "../tools/diff-env/differences.ts";

/**
 * `npm run diff-env -- <environment> <environment> [--json]`: in what the data of two environments differ, value by value. The reasons stand in
 * `stacks/environments.ts`.
 */
await runCommand(async () => {
  const { environment: left, names, values } = readCommandLine({ json: { type: "boolean" } });
  const [name, ...more] = names;
  const right = environmentNames.find((known) => known === name);
  if (!right || more.length > 0) {
    throw new UsageError(`Name two environments of ${environmentNames.join(", ")}: npm run diff-env -- dev prod`);
  }
  const found = differences(environmentData(left), environmentData(right));
  if (values.json) console.log(JSON.stringify({ left, right, differences: found }));
  else if (found.length === 0) console.log(`${left} and ${right} do not differ.`);
  else {
    const rows = found.map((one) => [one.path, renderValue(one.left), renderValue(one.right)]);
    console.log(table(["", left, right], rows));
  }
  return 0;
});
