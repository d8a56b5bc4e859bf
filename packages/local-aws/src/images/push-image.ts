import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  type ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import type { Blob, Image } from "./image.ts";

/** `<registry>/<repository>:<tag>`. */
export interface ImageName {
  readonly registry: string;
  readonly repositoryName: string;
  readonly imageTag: string;
}

/**
 * Pushes an image to a repository with the API of ECR, instead of the registry API that Docker uses. Blobs that the
 * repository already has are not uploaded.
 */
export async function pushImage(client: ECRClient, name: ImageName, image: Image): Promise<void> {
  const { repositoryName, imageTag } = name;
  const digests = image.blobs.map(({ digest }) => digest);
  const { layers = [] } = await client.send(
    new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests: digests }),
  );
  const available = new Set(
    layers.flatMap((layer) => (layer.layerAvailability === "AVAILABLE" ? layer.layerDigest : [])),
  );
  for (const blob of image.blobs) if (!available.has(blob.digest)) await upload(client, repositoryName, blob);
  await client.send(
    new PutImageCommand({
      repositoryName,
      imageTag,
      imageManifest: image.manifest,
      imageManifestMediaType: image.mediaType,
    }),
  );
}

async function upload(client: ECRClient, repositoryName: string, { digest, content }: Blob): Promise<void> {
  const { uploadId, partSize = content.length } = await client.send(new InitiateLayerUploadCommand({ repositoryName }));
  for (let first = 0; first < content.length; first += partSize) {
    const part = content.subarray(first, first + partSize);
    await client.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: first,
        partLastByte: first + part.length - 1,
        layerPartBlob: part,
      }),
    );
  }
  await client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
}
