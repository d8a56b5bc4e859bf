import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages } from "../authorized-images.ts";
import { findImages, type ImagesInput } from "../find-images.ts";
import type { EcrContext } from "./context.ts";

export const batchDeleteImage =
  ({ repositories }: EcrContext) =>
  (input: ImagesInput, call: Call): object => {
    const images = authorizedImages(repositories, input, call, "ecr:BatchDeleteImage");
    const { found, failures } = findImages(images, input);
    for (const { image } of found) images.delete(image);
    return { imageIds: found.map(({ id, image }) => ({ ...id, imageDigest: image.digest })), failures };
  };
