import { fileURLToPath } from "node:url";
import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import { apply, type Work } from "../deployment/deploy.ts";
import { configurationText, type Stack } from "../deployment/manifest.ts";
import type { Target } from "../deployment/target.ts";
import type { ImageName } from "./push-image.ts";
import { type ImagesConfiguration, type WantedImage, wantedImages } from "./wanted-images.ts";

/** The stack that has the repositories. Its outputs `<service>_image` name the images that the other stacks run. */
export const IMAGES_STACK = "images";
export const DOCKERFILE = fileURLToPath(new URL("../../services/Dockerfile", import.meta.url));

/** Makes an image and pushes it. */
export type Push = (image: WantedImage) => Promise<void>;

/** What brings images needs of where they are deployed to. */
type ImageTarget = Pick<Target, "ecr" | "environment" | "output" | "pushImage">;

/**
 * What is to be done when a stack was applied: when it is the one with the repositories, brings the images there that are not there yet, before any stack
 * is applied that runs them.
 *
 * @throws ImagesError
 */
export const afterApply =
  (target: ImageTarget) =>
  async (stack: Stack): Promise<void> => {
    if (stack.name !== IMAGES_STACK) return;
    try {
      await bringImages(target, stack, target.pushImage);
    } catch (cause) {
      throw new ImagesError(cause);
    }
  };

/** Applies a stack, and brings the images; see {@link afterApply}. */
export const applyAndBringImages =
  (target: ImageTarget): Work =>
  async (stack, terraform, progress) => {
    if (!(await apply(stack, terraform, progress))) return false;
    try {
      await afterApply(target)(stack);
      return true;
    } catch (error) {
      if (!(error instanceof ImagesError)) throw error;
      progress.fail(stack.name, error.message);
      return false;
    }
  };

/** The stack was applied, and its images are missing. */
export class ImagesError extends Error {
  override readonly name = "ImagesError";
  readonly code = "IMAGES_NOT_PUSHED";

  constructor(cause: unknown) {
    super(`The images could not be pushed: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Pushes the images that are not there yet. @returns those whose repository does not exist: it is made when the stack is applied. */
export async function bringImages(
  { ecr, environment, output }: Omit<ImageTarget, "pushImage">,
  stack: Stack,
  push: Push,
): Promise<WantedImage[]> {
  const images = wantedImages(JSON.parse(configurationText(stack)) as ImagesConfiguration, environment, output);
  const homeless: WantedImage[] = [];
  for (const image of images) {
    const found = await find(ecr, image.name);
    if (found === "no repository") homeless.push(image);
    else if (found === "no image") await push(image);
  }
  return homeless;
}

async function find(client: ECRClient, { repositoryName, imageTag }: ImageName) {
  try {
    await client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return "there";
  } catch (error) {
    const { name } = error as Error;
    if (name === "ImageNotFoundException") return "no image";
    if (name === "RepositoryNotFoundException") return "no repository";
    throw error;
  }
}
