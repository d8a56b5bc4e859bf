import { readCommandLine, runCommand } from "./deployment/command-line.ts";
import { initialize } from "./deployment/deploy.ts";
import { onlyStacks } from "./deployment/manifest.ts";
import { withTarget } from "./deployment/target.ts";
import { errorsOf } from "./deployment/terraform.ts";
import { bringImages, IMAGES_STACK } from "./images/bring-images.ts";

/**
 * `npm run images -- <environment>`: builds the images that the deployed stack `images` names and pushes those that are not there yet, to AWS by Docker.
 * For a deployment stack by stack, as a pipeline's or the cdktf CLI's, between that stack and `sum`; the commands deploy and apply do it by themselves.
 */
await runCommand(() => {
  const { environment } = readCommandLine({});
  return withTarget(environment, {}, async ({ stacks, terraform, ecr, output, pushImage }) => {
    for (const stack of onlyStacks(stacks, [IMAGES_STACK])) {
      const initialized = await initialize(stack, terraform);
      if (initialized.code !== 0) {
        console.error(errorsOf(initialized));
        return 1;
      }
      await bringImages(ecr, terraform, stack.directory, output, async (image) => {
        console.log(`Pushing ${image.uri}`);
        await pushImage(image);
      });
    }
    return 0;
  });
});
