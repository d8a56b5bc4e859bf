import type { Call } from "../../../gateway/protocol.ts";
import { authorizeInRepository, type RepositoryInput } from "./authorize-in-repository.ts";
import type { EcrContext } from "./context.ts";

export const listImages =
  ({ repositories }: EcrContext) =>
  (input: RepositoryInput, call: Call): object => {
    const images = authorizeInRepository(repositories, input, "ListImages", call);
    const imageIds = images
      .list(input.repositoryName)
      .flatMap(({ digest, tags }) =>
        tags.length > 0 ? tags.map((imageTag) => ({ imageDigest: digest, imageTag })) : [{ imageDigest: digest }],
      );
    return { imageIds };
  };
