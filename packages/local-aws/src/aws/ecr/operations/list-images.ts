import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { EcrContext } from "./context.ts";

export const listImages =
  ({ repositories }: EcrContext) =>
  (input: RepositoryInput, call: Call): object => {
    const images = authorizedImages(repositories, input, call, "ecr:ListImages");
    const imageIds = images
      .list(input.repositoryName)
      .flatMap(({ digest, tags }) =>
        tags.length > 0 ? tags.map((imageTag) => ({ imageDigest: digest, imageTag })) : [{ imageDigest: digest }],
      );
    return { imageIds };
  };
