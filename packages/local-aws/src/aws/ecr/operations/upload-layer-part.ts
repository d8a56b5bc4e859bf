import type { Call } from "../../../gateway/protocol.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly uploadId: string;
  readonly partLastByte: number;
  /** Base64. */
  readonly layerPartBlob: string;
}

export const uploadLayerPart =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const { repositoryName, uploadId, partLastByte } = input;
    const part = Buffer.from(input.layerPartBlob, "base64");
    authorizedImages(repositories, input, call, "ecr:UploadLayerPart").appendPart(uploadId, part);
    return { uploadId, lastByteReceived: partLastByte, repositoryName };
  };
