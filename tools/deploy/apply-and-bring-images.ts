import { bringImages, IMAGES_STACK, type ImageTarget } from "../images/bring-images.ts";
import type { Push } from "../images/wanted-images.ts";
import type { Stack } from "../synth/manifest.ts";
import { apply, type Work } from "./deploy.ts";

type PushTarget = ImageTarget & { readonly pushImage: Push };

/**
 * What is to be done when a stack was applied: when it is the one with the repositories, brings the images there that are not there yet, before any stack
 * is applied that runs them.
 *
 * @throws ImagesError
 */
export const afterApply =
  (target: PushTarget) =>
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
  (target: PushTarget): Work =>
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
