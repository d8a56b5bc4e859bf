import type { Call } from "../../../gateway/protocol.ts";
import { authorizeInRepository, type RepositoryInput } from "./authorize-in-repository.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly uploadId: string;
  readonly layerDigests: readonly string[];
}

export const completeLayerUpload =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const { repositoryName, uploadId, layerDigests } = input;
    const images = authorizeInRepository(repositories, input, "CompleteLayerUpload", call);
    const layerDigest = images.completeUpload(uploadId, layerDigests[0] ?? "");
    return { layerDigest, uploadId, repositoryName };
  };
