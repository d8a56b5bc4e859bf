import { writeFileSync } from "node:fs";
import { type EnvironmentName, partNames } from "../stacks/environment/environment.ts";
import { environmentData } from "../stacks/environment/environments.ts";
import { runCommand } from "../tools/command-line/command-line.ts";
import { readEnvironmentCommand } from "../tools/command-line/environment-command.ts";
import { compare } from "../tools/cost/comparison.ts";
import { renderMarkdown } from "../tools/cost/markdown.ts";
import { monthOf } from "../tools/cost/month.ts";
import { report } from "../tools/cost/report.ts";
import { renderText } from "../tools/cost/text.ts";
import { withStacksOf } from "../tools/deploy/select-stacks.ts";
import { SynthesizedStacks } from "../tools/synth/synthesized-stacks.ts";
import { withStacks } from "../tools/synth/with-stacks.ts";

/**
 * `npm run cost -- [environment] [--since <commit>] [--parts] [--json] [--markdown <file>]`: what a month of the environment costs at list prices while
 * nobody uses it, of the synthesized stacks; with `--since` also what has changed since a commit, with `--parts` what the parts would add that it
 * leaves out.
 */
await runCommand(async () => {
  const { environment, values } = readEnvironmentCommand({
    since: { type: "string" },
    parts: { type: "boolean" },
    json: { type: "boolean" },
    markdown: { type: "string" },
  });
  const { since: ref, parts } = values;
  // no price depends on the account, and none need be told yet
  process.env.NV_DEMO_ACCOUNT_ID ||= environmentData(environment).accountId ?? "000000000000";
  const stacks = await synthesized(environment);
  const month = monthOf(stacks);
  const before =
    ref === undefined
      ? undefined
      : await withStacksOf(ref, environment, async (earlier) => monthOf(SynthesizedStacks.read(earlier)));
  const told = report(environment, environmentData(environment).monthlyBudget, stacks, {
    ...(ref !== undefined && before && { since: { ref, comparison: compare(before, month) } }),
    ...(parts && { leftOut: await leftOut(environment, month.usd) }),
  });
  if (values.markdown !== undefined) writeFileSync(values.markdown, renderMarkdown(told));
  console.log(values.json ? JSON.stringify(told) : renderText(told));
  return 0;
});

/** What each part that the environment leaves out would add to its month. */
async function leftOut(environment: EnvironmentName, usd: number): Promise<Record<string, number>> {
  const { parts } = environmentData(environment);
  const more: Record<string, number> = {};
  for (const part of partNames.filter((name) => !parts.includes(name))) {
    const stacks = await synthesized(environment, { NV_DEMO_PARTS: [...parts, part].join(",") });
    more[part] = monthOf(stacks).usd - usd;
  }
  return more;
}

function synthesized(
  environment: EnvironmentName,
  variables: Readonly<Record<string, string>> = {},
): Promise<SynthesizedStacks> {
  return withStacks({ NV_DEMO_ENVIRONMENT: environment, ...variables }, (stacks) => SynthesizedStacks.read(stacks));
}
