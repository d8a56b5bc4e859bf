import type { Call } from "../../../gateway/protocol.ts";
import { authorizeInRepository, type RepositoryInput } from "./authorize-in-repository.ts";
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
    authorizeInRepository(repositories, input, "UploadLayerPart", call).appendPart(uploadId, part);
    return { uploadId, lastByteReceived: partLastByte, repositoryName };
  };
