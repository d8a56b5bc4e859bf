import type { Call, Operation } from "../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Ecr, repositoryArn, repositoryUrl } from "./ecr.ts";
import type { StoredImage } from "./image-store.ts";

interface InRepository {
  readonly repositoryName: string;
}

interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/** Bytes that one part of a layer may hold; clients send as many as they are told. */
const PART_SIZE = 10 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export function ecrOperations(ecr: Ecr, clock: Clock): Readonly<Record<string, Operation>> {
  /** The store, once the caller may do this in this repository and it exists. */
  const allowed = ({ repositoryName }: InRepository, action: string, call: Call) => {
    call.authorize(`ecr:${action}`, repositoryArn(repositoryName));
    ecr.repository(repositoryName);
    return ecr.images;
  };
  const found = (input: InRepository, ids: readonly ImageId[]) => {
    const outcomes = ids.map((id) => ({
      id,
      image: ecr.images.find(input.repositoryName, { tag: id.imageTag, digest: id.imageDigest }),
    }));
    const failures = outcomes.flatMap(({ id, image }) =>
      image ? [] : [{ imageId: id, failureCode: "ImageNotFound", failureReason: "Requested image not found" }],
    );
    return { found: outcomes.flatMap(({ id, image }) => (image ? [{ id, image }] : [])), failures };
  };

  return {
    DescribeRepositories(input: { readonly repositoryNames?: readonly string[] }, call) {
      const names = input.repositoryNames ?? ecr.repositories.map(({ name }) => name);
      for (const name of names) call.authorize("ecr:DescribeRepositories", repositoryArn(name));
      return { repositories: names.map((name) => describeRepository(ecr.repository(name))) };
    },

    BatchCheckLayerAvailability(input: InRepository & { readonly layerDigests: readonly string[] }, call) {
      const store = allowed(input, "BatchCheckLayerAvailability", call);
      const layers = input.layerDigests.map((layerDigest) => ({
        layerDigest,
        layerAvailability: store.hasBlob(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
      }));
      return { layers, failures: [] };
    },

    InitiateLayerUpload(input: InRepository, call) {
      const uploadId = allowed(input, "InitiateLayerUpload", call).beginUpload();
      return { uploadId, partSize: PART_SIZE };
    },

    UploadLayerPart(
      input: InRepository & {
        readonly uploadId: string;
        readonly partLastByte: number;
        readonly layerPartBlob: string;
      },
      call,
    ) {
      const { uploadId, partLastByte } = input;
      const part = Buffer.from(input.layerPartBlob, "base64");
      allowed(input, "UploadLayerPart", call).appendPart(uploadId, part);
      return { uploadId, lastByteReceived: partLastByte, repositoryName: input.repositoryName };
    },

    CompleteLayerUpload(
      input: InRepository & { readonly uploadId: string; readonly layerDigests: readonly string[] },
      call,
    ) {
      const store = allowed(input, "CompleteLayerUpload", call);
      const layerDigest = store.completeUpload(input.uploadId, input.layerDigests[0] ?? "");
      return { layerDigest, uploadId: input.uploadId, repositoryName: input.repositoryName };
    },

    PutImage(
      input: InRepository & {
        readonly imageManifest: string;
        readonly imageManifestMediaType?: string;
        readonly imageTag?: string;
      },
      call,
    ) {
      const { repositoryName, imageManifest, imageTag } = input;
      const store = allowed(input, "PutImage", call);
      requireLayers(imageManifest, (digest) => store.hasBlob(digest));
      if (imageTag !== undefined && store.find(repositoryName, { tag: imageTag })) {
        if (ecr.repository(repositoryName).immutable) throw tagTaken(repositoryName, imageTag);
      }
      const mediaType = input.imageManifestMediaType ?? OCI_MANIFEST;
      const stored = store.put(repositoryName, imageManifest, mediaType, imageTag, clock.now());
      const imageId = { imageDigest: stored.digest, ...(imageTag !== undefined && { imageTag }) };
      return { image: { registryId: ACCOUNT_ID, repositoryName, imageId, imageManifest } };
    },

    BatchGetImage(input: InRepository & { readonly imageIds: readonly ImageId[] }, call) {
      const store = allowed(input, "BatchGetImage", call);
      const { found: existing, failures } = found(input, input.imageIds);
      const images = existing.map(({ id, image }) => ({
        registryId: ACCOUNT_ID,
        repositoryName: input.repositoryName,
        imageId: { ...id, imageDigest: image.digest },
        imageManifest: Buffer.from(store.blob(image.digest)).toString("utf8"),
        imageManifestMediaType: image.mediaType,
      }));
      return { images, failures };
    },

    DescribeImages(input: InRepository & { readonly imageIds?: readonly ImageId[] }, call) {
      const store = allowed(input, "DescribeImages", call);
      if (!input.imageIds) return { imageDetails: store.of(input.repositoryName).map(describeImage) };
      const { found: existing, failures } = found(input, input.imageIds);
      if (failures.length > 0) {
        throw new AwsError("ImageNotFoundException", `The image does not exist in '${input.repositoryName}'`);
      }
      return { imageDetails: existing.map(({ image }) => describeImage(image)) };
    },

    ListImages(input: InRepository, call) {
      const store = allowed(input, "ListImages", call);
      const imageIds = store
        .of(input.repositoryName)
        .flatMap(({ digest, tags }) =>
          tags.length > 0 ? tags.map((imageTag) => ({ imageDigest: digest, imageTag })) : [{ imageDigest: digest }],
        );
      return { imageIds };
    },

    BatchDeleteImage(input: InRepository & { readonly imageIds: readonly ImageId[] }, call) {
      const store = allowed(input, "BatchDeleteImage", call);
      const { found: existing, failures } = found(input, input.imageIds);
      for (const { image } of existing) store.delete(image);
      return { imageIds: existing.map(({ id, image }) => ({ ...id, imageDigest: image.digest })), failures };
    },
  };
}

/** An image whose layers are not there could never be run. */
function requireLayers(imageManifest: string, has: (digest: string) => boolean): void {
  let digests: string[];
  try {
    const { config, layers } = JSON.parse(imageManifest) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    digests = [config, ...layers].map(({ digest }) => digest);
  } catch {
    throw new AwsError("InvalidParameterException", "The image manifest is none that the registry reads.");
  }
  const missing = digests.filter((digest) => !has(digest));
  if (missing.length > 0) {
    throw new AwsError("LayersNotFoundException", `Layers with the digests ${missing.join(", ")} were not found.`);
  }
}

function tagTaken(repositoryName: string, imageTag: string): AwsError {
  return new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
  );
}

function describeRepository({ name, immutable }: { name: string; immutable: boolean }) {
  return {
    repositoryArn: repositoryArn(name),
    registryId: ACCOUNT_ID,
    repositoryName: name,
    repositoryUri: repositoryUrl(name),
    imageTagMutability: immutable ? "IMMUTABLE" : "MUTABLE",
  };
}

function describeImage({ repository, digest, tags, mediaType, pushedAt }: StoredImage) {
  return {
    registryId: ACCOUNT_ID,
    repositoryName: repository,
    imageDigest: digest,
    imageTags: tags,
    imagePushedAt: pushedAt / 1_000,
    imageManifestMediaType: mediaType,
  };
}
