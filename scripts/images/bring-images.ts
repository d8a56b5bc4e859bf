import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import { unzipSync } from "fflate";
import { apply, type Work } from "../deployment/deploy.ts";
import type { Stack } from "../deployment/manifest.ts";
import type { Target } from "../deployment/target.ts";
import type { Terraform } from "../deployment/terraform.ts";
import { type ImageName, parseImageName } from "./push-image.ts";

/** The stack that has the repositories. Its outputs `<service>_image` name the images that the other stacks run. */
export const IMAGES_STACK = "images";
export const DOCKERFILE = fileURLToPath(new URL("../../services/Dockerfile", import.meta.url));

/** A service whose image is wanted. */
export interface WantedImage {
  readonly uri: string;
  readonly name: ImageName;
  /** The files of its bundle: its build context. */
  readonly context: Readonly<Record<string, Uint8Array>>;
}

/** Makes an image and pushes it. */
export type Push = (image: WantedImage) => Promise<void>;

/** What brings images needs of where they are deployed to. */
type ImageTarget = Pick<Target, "ecr" | "terraform" | "output" | "pushImage">;

/**
 * What is to be done when a stack was applied: when it is the one with the repositories, brings the images there that are not there yet, before any stack
 * is applied that runs them.
 *
 * @throws ImagesError
 */
export const afterApply =
  ({ ecr, terraform, output, pushImage }: ImageTarget) =>
  async (stack: Stack): Promise<void> => {
    if (stack.name !== IMAGES_STACK) return;
    try {
      await bringImages(ecr, terraform, stack.directory, output, pushImage);
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

/** @param directory of the deployed stack that has the repositories */
export async function bringImages(
  client: ECRClient,
  terraform: Terraform,
  directory: string,
  output: string,
  push: Push,
): Promise<void> {
  const { output: outputs } = await terraform.run(directory, ["output", "-json"]);
  for (const image of wantedImages(outputs, output)) if (!(await isThere(client, image.name))) await push(image);
}

function wantedImages(outputs: string, output: string): WantedImage[] {
  const values = JSON.parse(outputs) as Record<string, { value: string }>;
  return Object.entries(values).flatMap(([key, { value }]) => {
    const service = /^(\w+)_image$/.exec(key)?.[1];
    if (service === undefined) return [];
    const context = unzipSync(readFileSync(join(output, "bundles", `${service}.zip`)));
    return [{ uri: value, name: parseImageName(value), context }];
  });
}

async function isThere(client: ECRClient, { repositoryName, imageTag }: ImageName): Promise<boolean> {
  try {
    await client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ImageNotFoundException") return false;
    throw error;
  }
}
