import type { Call } from "../../../gateway/protocol.ts";
import { authorizeInRepository } from "./authorize-in-repository.ts";
import type { EcrContext } from "./context.ts";
import { findImages, type ImagesInput } from "./find-images.ts";

export const batchDeleteImage =
  ({ repositories }: EcrContext) =>
  (input: ImagesInput, call: Call): object => {
    const images = authorizeInRepository(repositories, input, "BatchDeleteImage", call);
    const { found, failures } = findImages(images, input);
    for (const { image } of found) images.delete(image);
    return { imageIds: found.map(({ id, image }) => ({ ...id, imageDigest: image.digest })), failures };
  };
