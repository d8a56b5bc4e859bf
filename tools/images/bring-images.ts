import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import type { ImageName } from "@nv-demo/local-aws/images";
import type { Environment } from "../../stacks/environment/environment.ts";
import { configurationText, type Stack } from "../synth/manifest.ts";
import { type ImagesConfiguration, type Push, type WantedImage, wantedImages } from "./wanted-images.ts";

/** The stack that has the repositories. Its outputs `<service>_image` name the images that the other stacks run. */
export const IMAGES_STACK = "images";

/** Where images are pushed to. */
export interface ImageTarget {
  readonly ecr: ECRClient;
  readonly environment: Environment;
  /** The folder to which the stacks were synthesized. */
  readonly output: string;
}

/** Pushes the images that are not there yet. @returns those whose repository does not exist: it is made when the stack is applied. */
export async function bringImages(
  { ecr, environment, output }: ImageTarget,
  stack: Stack,
  push: Push,
): Promise<WantedImage[]> {
  const images = wantedImages(JSON.parse(configurationText(stack)) as ImagesConfiguration, environment, output);
  const imagesWithoutRepository: WantedImage[] = [];
  for (const image of images) {
    const found = await find(ecr, image.name);
    if (found === "no repository") imagesWithoutRepository.push(image);
    else if (found === "no image") await push(image);
  }
  return imagesWithoutRepository;
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
