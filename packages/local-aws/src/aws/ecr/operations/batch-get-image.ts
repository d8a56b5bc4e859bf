import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { authorizedImages } from "../authorized-images.ts";
import { findImages, type ImagesInput } from "../find-images.ts";
import type { EcrContext } from "./context.ts";

export const batchGetImage =
  ({ repositories }: EcrContext) =>
  (input: ImagesInput, call: Call): object => {
    const images = authorizedImages(repositories, input, call, "ecr:BatchGetImage");
    const { found, failures } = findImages(images, input);
    return {
      images: found.map(({ id, image }) => ({
        registryId: ACCOUNT_ID,
        repositoryName: input.repositoryName,
        imageId: { ...id, imageDigest: image.digest },
        imageManifest: Buffer.from(images.readBlob(image.digest)).toString("utf8"),
        imageManifestMediaType: image.mediaType,
      })),
      failures,
    };
  };
