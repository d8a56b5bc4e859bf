import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { authorizeInRepository } from "./authorize-in-repository.ts";
import type { EcrContext } from "./context.ts";
import { findImages, type ImagesInput } from "./find-images.ts";

export const batchGetImage =
  ({ repositories }: EcrContext) =>
  (input: ImagesInput, call: Call): object => {
    const images = authorizeInRepository(repositories, input, "BatchGetImage", call);
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
