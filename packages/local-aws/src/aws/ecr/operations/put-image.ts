import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedImages, type RepositoryInput } from "../authorized-images.ts";
import type { ImageManifest } from "../image.ts";
import type { EcrContext } from "./context.ts";

interface Input extends RepositoryInput {
  readonly imageManifest: string;
  readonly imageManifestMediaType?: string;
  readonly imageTag?: string;
}

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

export const putImage =
  ({ repositories, clock }: EcrContext) =>
  (input: Input, call: Call): object => {
    const { repositoryName, imageManifest, imageTag } = input;
    const images = authorizedImages(repositories, input, call, "ecr:PutImage");
    requireLayers(imageManifest, (digest) => images.hasBlob(digest));
    if (imageTag !== undefined && images.find(repositoryName, { tag: imageTag })) {
      if (repositories.get(repositoryName).immutable) throw tagAlreadyExists(repositoryName, imageTag);
    }
    const mediaType = input.imageManifestMediaType ?? OCI_MANIFEST;
    const { digest } = images.put(repositoryName, imageManifest, mediaType, imageTag, clock.now());
    const imageId = { imageDigest: digest, ...(imageTag !== undefined && { imageTag }) };
    return { image: { registryId: ACCOUNT_ID, repositoryName, imageId, imageManifest } };
  };

/** An image whose layers are missing could never be run. */
function requireLayers(imageManifest: string, isPresent: (digest: string) => boolean): void {
  const missing = referencedDigests(imageManifest).filter((digest) => !isPresent(digest));
  if (missing.length > 0) {
    throw new AwsError("LayersNotFoundException", `Layers with the digests ${missing.join(", ")} were not found.`);
  }
}

function referencedDigests(imageManifest: string): string[] {
  try {
    const { config, layers } = JSON.parse(imageManifest) as ImageManifest;
    return [config, ...layers].map(({ digest }) => digest);
  } catch {
    throw new AwsError(
      "InvalidParameterException",
      "The image manifest is not supported. It must be JSON with the members config and layers.",
    );
  }
}

function tagAlreadyExists(repositoryName: string, imageTag: string): AwsError {
  return new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
  );
}
