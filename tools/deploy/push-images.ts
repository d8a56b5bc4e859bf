import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { IMAGES_STACK, pushMissingImages } from "../images/push-missing-images.ts";
import { withTarget } from "../target/open-target.ts";

/** Pushes the images of an environment that its repositories do not have. @returns the exit code. */
export function pushImages(environment: EnvironmentName): Promise<number> {
  return withTarget(environment, {}, async (target) => {
    for (const stack of target.stacks.filter(({ name }) => name === IMAGES_STACK)) {
      const imagesWithoutRepository = await pushMissingImages(target, stack, async (image) => {
        console.log(`Pushing ${image.uri}`);
        await target.pushImage(image);
      });
      for (const { name } of imagesWithoutRepository) {
        console.log(
          `The repository ${name.repositoryName} does not exist. ` +
            `Create it: npm run deploy -- ${environment} ${IMAGES_STACK}`,
        );
      }
    }
    return 0;
  });
}
