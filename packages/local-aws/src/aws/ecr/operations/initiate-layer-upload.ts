import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { EcrContext } from "./context.ts";

/** Bytes of one part of a layer; clients send parts of the size that the response names. */
const PART_SIZE = 10 * 1024 * 1024;

export const initiateLayerUpload =
  ({ repositories }: EcrContext) =>
  (input: RepositoryInput, call: Call): object => {
    const uploadId = authorizedImages(repositories, input, call, "ecr:InitiateLayerUpload").beginUpload();
    return { uploadId, partSize: PART_SIZE };
  };
