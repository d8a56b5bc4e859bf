import type { Step, StepReporter } from "../command-line/terminal/steps.ts";
import { plural } from "../command-line/terminal/text.ts";
import type { Stack } from "./manifest.ts";
import { type SynthesisProgress, type SynthesizeOptions, synthesize } from "./synthesize.ts";

/**
 * Synthesizes and shows it as two steps: the bundling of the services and the synthesis of the stacks.
 *
 * @throws SynthesisError, InterruptedError
 */
export async function synthesizeWithSteps(
  steps: StepReporter,
  options: Omit<SynthesizeOptions, "onProgress"> = {},
): Promise<Stack[]> {
  const bundling = steps.begin("Bundling the services");
  let synthesis: Step | undefined;
  const onProgress = ({ phase, done, total }: SynthesisProgress): void => {
    if (phase === "bundle") {
      if (done < total) bundling.update(`Bundling ${done} of ${plural(total, "service")}`);
      else {
        bundling.done(`Bundled ${plural(total, "service")}`);
        synthesis ??= steps.begin("Synthesizing the stacks");
      }
    } else {
      synthesis ??= steps.begin("Synthesizing the stacks");
      synthesis.update(`Synthesizing ${done} of ${plural(total, "stack")}`);
    }
  };
  const stacks = await synthesize({ ...options, onProgress });
  bundling.done("Bundled the services");
  synthesis?.done(`Synthesized ${plural(stacks.length, "stack")}`);
  return stacks;
}
