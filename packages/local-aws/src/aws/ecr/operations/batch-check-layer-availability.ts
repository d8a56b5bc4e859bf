import type { Call } from "../../../gateway/protocol.ts";
import { authorizeInRepository, type RepositoryInput } from "./authorize-in-repository.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly layerDigests: readonly string[];
}

export const batchCheckLayerAvailability =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const images = authorizeInRepository(repositories, input, "BatchCheckLayerAvailability", call);
    const layers = input.layerDigests.map((layerDigest) => ({
      layerDigest,
      layerAvailability: images.hasBlob(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
    }));
    return { layers, failures: [] };
  };
