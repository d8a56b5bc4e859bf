import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import { findImages, type ImageId } from "../find-images.ts";
import type { StoredImage } from "../image-store.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly imageIds?: readonly ImageId[];
}

export const describeImages =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const { repositoryName, imageIds } = input;
    const images = authorizedImages(repositories, input, call, "ecr:DescribeImages");
    if (!imageIds) return { imageDetails: images.list(repositoryName).map(describeImage) };
    const { found, failures } = findImages(images, { repositoryName, imageIds });
    if (failures.length > 0) {
      throw new AwsError("ImageNotFoundException", `The image does not exist in '${repositoryName}'`);
    }
    return { imageDetails: found.map(({ image }) => describeImage(image)) };
  };

function describeImage({ repository, digest, tags, mediaType, pushedAt }: StoredImage): object {
  return {
    registryId: ACCOUNT_ID,
    repositoryName: repository,
    imageDigest: digest,
    imageTags: tags,
    imagePushedAt: pushedAt / 1_000,
    imageManifestMediaType: mediaType,
  };
}
