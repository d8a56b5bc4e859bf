import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { examine } from "./examine.ts";
import { type CheckResult, render, summary } from "./finding.ts";

/** Prints every result of {@link examine}. @returns the exit code: 1 when a check fails. */
export async function runDoctor(environment: EnvironmentName, json: boolean): Promise<number> {
  const results: CheckResult[] = [];
  await examine(environment, (result) => {
    results.push(result);
    console.log(json ? JSON.stringify(result) : render(result));
  });
  if (!json) console.log(`\n${summary(results)}`);
  return results.some(({ status }) => status === "fail") ? 1 : 0;
}
