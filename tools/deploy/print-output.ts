import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { chooseStacks } from "../synth/manifest.ts";
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

/** A string without quotation marks, for shells; any other value as JSON. */
function plainText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
