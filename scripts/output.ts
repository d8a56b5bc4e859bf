import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { initialize } from "../tools/deploy/deploy.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { requireStateBucket } from "../tools/deploy/state-bucket.ts";
import { errorsOf } from "../tools/deploy/terraform.ts";
import { chooseStacks } from "../tools/synth/manifest.ts";

/**
 * `npm run output -- <environment> <stack> [name]`: what a stack tells of itself.
 *
 *   --json  as JSON: all outputs as Terraform has them, or the value of the one that is named
 */
await runCommand(() => {
  const { environment, names, values } = readCommandLine({ json: { type: "boolean" } });
  const [name, output, ...more] = names;
  if (name === undefined || more.length > 0)
    throw new UsageError("npm run output -- <environment> <stack> [name] [--json]");
  return withTarget(environment, {}, async (target) => {
    const [stack] = chooseStacks(target.stacks, [name]);
    if (!stack) return 1;
    await requireStateBucket(target);
    const initialized = await initialize(stack, target.terraform);
    const form = values.json || output !== undefined ? ["-json"] : ["-no-color"];
    const result =
      initialized.code === 0
        ? await target.terraform.run(stack.directory, ["output", ...form, ...(output === undefined ? [] : [output])])
        : initialized;
    if (result.code !== 0) console.error(errorsOf(result));
    else if (output === undefined || values.json) process.stdout.write(result.output);
    else console.log(plain(JSON.parse(result.output)));
    return result.code;
  });
});

/** A text without quotation marks, for a shell; anything else as JSON. */
function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
