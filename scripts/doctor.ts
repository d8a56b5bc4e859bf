import { runCommand } from "../tools/command-line/command-line.ts";
import { readEnvironmentCommand } from "../tools/command-line/environment-command.ts";
import { examine } from "../tools/doctor/examine.ts";
import { type CheckResult, render, summary } from "../tools/doctor/finding.ts";

/**
 * `npm run doctor -- [environment] [--json]`: checks everything that a deployment needs and prints what to fix. Changes nothing. Exits with 1 if
 * a check fails.
 */
await runCommand(async () => {
  const { environment, values } = readEnvironmentCommand({ json: { type: "boolean" } });
  const results: CheckResult[] = [];
  await examine(environment, (result) => {
    results.push(result);
    console.log(values.json ? JSON.stringify(result) : render(result));
  });
  if (!values.json) console.log(`\n${summary(results)}`);
  return results.some(({ status }) => status === "fail") ? 1 : 0;
});
