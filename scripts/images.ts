import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { bringImages, IMAGES_STACK } from "../tools/images/bring-images.ts";

/**
 * `npm run images -- <environment>`: builds the images that the stacks run and pushes those that are not there yet, to AWS by Docker. A pipeline does it
 * before it applies, and whoever deploys stack by stack between the stack `images` and `sum`; the commands deploy and apply do it by themselves.
 */
await runCommand(() => {
  const { environment } = readCommandLine({});
  return withTarget(environment, {}, async (target) => {
    for (const stack of target.stacks.filter(({ name }) => name === IMAGES_STACK)) {
      const imagesWithoutRepository = await bringImages(target, stack, async (image) => {
        console.log(`Pushing ${image.uri}`);
        await target.pushImage(image);
      });
      for (const { name } of imagesWithoutRepository) {
        console.log(`There is no repository ${name.repositoryName} yet: it comes with the stack ${IMAGES_STACK}.`);
      }
    }
    return 0;
  });
});
