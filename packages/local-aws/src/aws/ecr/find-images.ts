import type { RepositoryInput } from "./authorized-images.ts";
import type { ImageStore, StoredImage } from "./image-store.ts";

export interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

export interface ImagesInput extends RepositoryInput {
  readonly imageIds: readonly ImageId[];
}

export interface FoundImages {
  readonly found: readonly { readonly id: ImageId; readonly image: StoredImage }[];
  /** One entry for each ID without an image, as the API returns it. */
  readonly failures: readonly object[];
}

/** Looks up images of one repository by tag or digest. */
export function findImages(images: ImageStore, { repositoryName, imageIds }: ImagesInput): FoundImages {
  const lookups = imageIds.map((id) => ({
    id,
    image: images.find(repositoryName, { tag: id.imageTag, digest: id.imageDigest }),
  }));
  return {
    found: lookups.flatMap(({ id, image }) => (image ? [{ id, image }] : [])),
    failures: lookups.flatMap(({ id, image }) =>
      image ? [] : [{ imageId: id, failureCode: "ImageNotFound", failureReason: "Requested image not found" }],
    ),
  };
}
