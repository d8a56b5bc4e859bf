import { CommandError } from "../command-line/errors.ts";
import { IMAGES_STACK, type ImageTarget, pushMissingImages } from "../images/push-missing-images.ts";
import type { PushImage } from "../images/required-images.ts";
import type { Stack } from "../synth/manifest.ts";
import { applyStack, type StackOperation } from "./deploy.ts";

type PushTarget = ImageTarget & { readonly pushImage: PushImage };

/**
 * Call it after a stack was applied. After the stack of the repositories, it pushes the images that they do not have,
 * before the stacks that run these images are applied.
 *
 * @throws ImagesError
 */
export const afterApply =
  (target: PushTarget) =>
  async (stack: Stack): Promise<void> => {
    if (stack.name !== IMAGES_STACK) return;
    try {
      await pushMissingImages(target, stack, target.pushImage);
    } catch (cause) {
      throw new ImagesError(cause);
    }
  };

/** Applies a stack and pushes the images; see {@link afterApply}. @param apply how the stack is applied. */
export const applyAndPushImages =
  (target: PushTarget, apply: StackOperation = applyStack): StackOperation =>
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

/** The stack of the repositories was applied, and the images could not be pushed. */
export class ImagesError extends CommandError {
  override readonly name = "ImagesError";
  readonly code = "IMAGES_NOT_PUSHED";

  constructor(cause: unknown) {
    super(`The images could not be pushed: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
