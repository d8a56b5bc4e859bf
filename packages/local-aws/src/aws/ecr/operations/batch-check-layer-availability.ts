import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly layerDigests: readonly string[];
}

export const batchCheckLayerAvailability =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const images = authorizedImages(repositories, input, call, "ecr:BatchCheckLayerAvailability");
    const layers = input.layerDigests.map((layerDigest) => ({
      layerDigest,
      layerAvailability: images.hasBlob(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
    }));
    return { layers, failures: [] };
  };
