import { readFileSync } from "node:fs";
import { readEnvironment } from "../stacks/environment/read-environment.ts";
import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { keepComment } from "../tools/github/comment.ts";
import { deploymentAccess, environmentsOf } from "../tools/github/deployment-access.ts";
import { readDriftReport, settleDriftIssues } from "../tools/github/drift-issues.ts";
import { githubApi } from "../tools/github/github-api.ts";

/**
 * What the workflows do besides the commands that everybody runs; `name=value` lines are for `$GITHUB_OUTPUT`.
 *
 *   npm run github -- environments [name …]                     those that this repository deploys to, of all or of these
 *   npm run github -- <environment> access <role>              ARN of a role of delivery, region, bucket of the plans
 *   npm run github -- <environment> comment <number> <file …>  the one comment of a pull request about an environment
 *   npm run github -- <environment> drift <file>               the issues about drift, of what npm run drift -- --json printed
 */
const USAGE =
  "usage: npm run github -- environments [name …] | <environment> access <role> | comment <number> <file …> | drift <file>";

await runCommand(async () => {
  const { environment: name, names } = readCommandLine({});
  const [command, ...operands] = names;
  const [operand] = operands;
  if (command === "environments") {
    const deployed = environmentsOf(process.env.GITHUB_REPOSITORY ?? "");
    const chosen = operands.length === 0 ? deployed : deployed.filter((one) => operands.includes(one));
    console.log(`environments=${JSON.stringify(chosen)}`);
  } else if (command === "access" && operand !== undefined && operands.length === 1) {
    const access = deploymentAccess(readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name }), operand);
    for (const [key, value] of Object.entries(access)) console.log(`${key}=${value}`);
  } else if (command === "comment" && operands.length > 1 && /^\d+$/.test(operand ?? "")) {
    const parts = operands.slice(1).map((file) => readFileSync(file, "utf8").trim());
    const comment = { number: Number(operand), marker: `plan ${name}`, parts };
    console.log(`The comment was ${await keepComment(githubApi(process.env), comment)}.`);
  } else if (command === "drift" && operand !== undefined && operands.length === 1) {
    const reports = readDriftReport(readFileSync(operand, "utf8"));
    for (const done of await settleDriftIssues(githubApi(process.env), name, reports)) console.log(done);
  } else {
    throw new UsageError(USAGE);
  }
  return 0;
});
