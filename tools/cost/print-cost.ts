import { writeFileSync } from "node:fs";
import { type EnvironmentName, partNames } from "../../stacks/environment/environment.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { withStacks } from "../synth/with-stacks.ts";
import { withStacksOf } from "../synth/with-stacks-of.ts";
import { compare } from "./comparison.ts";
import { renderMarkdown } from "./markdown.ts";
import { monthOf } from "./month.ts";
import { report } from "./report.ts";
import { renderText } from "./text.ts";

export interface CostOptions {
  /** Compare with this commit. */
  readonly since: string | undefined;
  /** Add what the parts would cost that the environment does not have. */
  readonly parts: boolean;
  /** Requests to Files in the month. */
  readonly requests: number | undefined;
  /** GB of files in the month. */
  readonly gb: number | undefined;
  readonly json: boolean;
  /** The file for a pull request comment. */
  readonly markdown: string | undefined;
}

/** Prints the monthly cost of an environment at list prices, idle or with a use. @returns the exit code. */
export async function printCost(
  environment: EnvironmentName,
  { since: ref, parts, requests, gb, json, markdown }: CostOptions,
): Promise<number> {
  // Prices do not depend on the account, which may not be configured yet.
  process.env.NV_DEMO_ACCOUNT_ID ||= environmentData(environment).accountId ?? "000000000000";
  const stacks = await synthesized(environment);
  const month = monthOf(stacks);
  const before =
    ref === undefined
      ? undefined
      : await withStacksOf(ref, environment, async (earlier) => monthOf(SynthesizedStacks.read(earlier)));
  const isUsed = requests !== undefined || gb !== undefined;
  const costs = report(environment, environmentData(environment).monthlyBudget, stacks, {
    ...(ref !== undefined && before && { since: { ref, comparison: compare(before, month) } }),
    ...(isUsed && { workload: { requests: requests ?? 0, gigabytes: gb ?? 0 } }),
    ...(parts && { leftOut: await absentParts(environment, month.usd) }),
  });
  if (markdown !== undefined) writeFileSync(markdown, renderMarkdown(costs));
  console.log(json ? JSON.stringify(costs) : renderText(costs));
  return 0;
}

/** What each part that the environment does not have would add to its month, in US dollars. */
async function absentParts(environment: EnvironmentName, usd: number): Promise<Record<string, number>> {
  const { parts } = environmentData(environment);
  const additions: Record<string, number> = {};
  for (const part of partNames.filter((name) => !parts.includes(name))) {
    const stacks = await synthesized(environment, { NV_DEMO_PARTS: [...parts, part].join(",") });
    additions[part] = monthOf(stacks).usd - usd;
  }
  return additions;
}

function synthesized(
  environment: EnvironmentName,
  variables: Readonly<Record<string, string>> = {},
): Promise<SynthesizedStacks> {
  return withStacks({ NV_DEMO_ENVIRONMENT: environment, ...variables }, (stacks) => SynthesizedStacks.read(stacks));
}
