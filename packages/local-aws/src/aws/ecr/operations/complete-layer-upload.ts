import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly uploadId: string;
  readonly layerDigests: readonly string[];
}

export const completeLayerUpload =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const { repositoryName, uploadId, layerDigests } = input;
    const images = authorizedImages(repositories, input, call, "ecr:CompleteLayerUpload");
    const layerDigest = images.completeUpload(uploadId, layerDigests[0] ?? "");
    return { layerDigest, uploadId, repositoryName };
  };
