import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { didYouMean } from "../command-line/closest-match.ts";
import { UsageError } from "../command-line/errors.ts";
import { readConfiguration } from "../synth/configuration.ts";
import { chooseStacks, type Stack } from "../synth/manifest.ts";
import { withTarget } from "../target/open-target.ts";
import { errorsOf } from "../terraform/terraform.ts";
import { initialize } from "./deploy.ts";
import { requireStateBucket } from "./state-bucket.ts";

/**
 * Prints the outputs of a stack, or the value of one of them.
 *
 * @param json prints the JSON of Terraform.
 * @returns the exit code.
 */
export function printOutput(
  environment: EnvironmentName,
  stackName: string,
  output: string | undefined,
  json: boolean,
): Promise<number> {
  return withTarget(environment, { stackNames: [stackName], mustExist: true }, async (target) => {
    const [stack] = chooseStacks(target.stacks, [stackName]);
    if (!stack) return 1;
    if (output !== undefined) requireOutput(stack, output);
    await requireStateBucket(target);
    const initialized = await initialize(stack, target.terraform);
    const form = json || output !== undefined ? ["-json"] : ["-no-color"];
    const args = ["output", ...form, ...(output === undefined ? [] : [output])];
    const result = initialized.code === 0 ? await target.terraform.run(stack.directory, args) : initialized;
    if (result.code !== 0) console.error(errorsOf(result));
    else if (output === undefined || json) process.stdout.write(result.output);
    else console.log(plainText(JSON.parse(result.output)));
    return result.code;
  });
}

/**
 * Of a misspelled name, Terraform says only that it is not in the state.
 *
 * @throws UsageError when the stack has no output with this name.
 */
export function requireOutput(stack: Stack, name: string): void {
  const names = Object.keys(readConfiguration(stack).output);
  if (names.includes(name)) return;
  const hint = didYouMean(name, names) || (names.length > 0 ? ` It has ${names.join(", ")}.` : " It has no outputs.");
  throw new UsageError(`The stack ${stack.name} has no output "${name}".${hint}`);
}

/** A string without quotation marks, for shells; any other value as JSON. */
function plainText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
