import { parseArgs } from "node:util";
import { environmentData, environmentName } from "../stacks/environments.ts";
import { runCommand, UsageError } from "./command-line.ts";
import { differences, renderValue } from "./diff-env/differences.ts";
import { table } from "./table.ts";

/** `npm run diff-env -- dev prod`: in what the data of two environments differ, value by value. The reasons stand in `stacks/environments.ts`. */
await runCommand("npm run diff-env -- <environment> <environment> [--json]", () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean" } } });
  const [left, right, ...more] = positionals.map(environmentName);
  if (!left || !right || more.length > 0) throw new UsageError("Name the two environments to compare.");
  const found = differences(environmentData(left), environmentData(right));
  if (values.json) console.log(JSON.stringify({ left, right, differences: found }));
  else if (found.length === 0) console.log(`${left} and ${right} do not differ.`);
  else {
    const rows = found.map((one) => [one.path, renderValue(one.left), renderValue(one.right)]);
    console.log(table(["", left, right], rows));
  }
  return 0;
});
