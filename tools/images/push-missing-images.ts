import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import type { ImageName } from "@nv-demo/local-aws/images";
import type { Environment } from "../../stacks/environment/environment.ts";
import { readConfiguration } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { type PushImage, type RequiredImage, requiredImages } from "./required-images.ts";

/** The stack of the repositories. Its outputs `<service>_image` name the images that other stacks run. */
export const IMAGES_STACK = "images";

/** Where images are pushed to. */
export interface ImageTarget {
  readonly ecr: ECRClient;
  readonly environment: Environment;
  /** The folder that the stacks were synthesized to. */
  readonly output: string;
}

/**
 * Pushes the images that the repositories do not have.
 *
 * @returns those whose repository does not exist: it is created when the stack is applied.
 */
export async function pushMissingImages(
  { ecr, environment, output }: ImageTarget,
  stack: Stack,
  push: PushImage,
): Promise<RequiredImage[]> {
  const imagesWithoutRepository: RequiredImage[] = [];
  for (const image of requiredImages(readConfiguration(stack), environment, output)) {
    const found = await find(ecr, image.name);
    if (found === "no repository") imagesWithoutRepository.push(image);
    else if (found === "no image") await push(image);
  }
  return imagesWithoutRepository;
}

async function find(client: ECRClient, { repositoryName, imageTag }: ImageName) {
  try {
    await client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return "image";
  } catch (error) {
    const { name } = error as Error;
    if (name === "ImageNotFoundException") return "no image";
    if (name === "RepositoryNotFoundException") return "no repository";
    throw error;
  }
}
