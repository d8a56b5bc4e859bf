import type { BlobStore } from "../blob-store.ts";
import { checkWriteConditions } from "../conditions.ts";
import { copySource } from "../copy-source.ts";
import { invalidRequest } from "../errors.ts";
import { objectArn } from "../names.ts";
import { encryptionHeaders, objectProperties, versionHeaders } from "../object-headers.ts";
import type { ObjectProperties, ObjectVersion, StoredBlob } from "../object-version.ts";
import { header, requesterOf, type S3Request } from "../request.ts";
import { MAX_PUT_BYTES, unsignedBody } from "../verified-body.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const copyObject: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const requested = objectProperties(request, store.bucket(bucket));
  const source = copySource({ store, objects }, request);
  if (source.size > MAX_PUT_BYTES) {
    throw invalidRequest(
      "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
    );
  }
  if (changesNothing(request, source)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const { blob, etag } = await copyContent(blobs, source);
  try {
    checkWriteConditions(headers, key, objects.current(bucket, key));
    const checksum = source.checksum?.type === "COMPOSITE" ? undefined : source.checksum;
    const version = objects.create(
      {
        ...{ bucket, key, ...copyProperties(request, requested, source), checksum },
        ...{ etag, size: blob.size, blobs: [blob] },
      },
      "ObjectCreated:Copy",
      requesterOf(request),
    );
    return {
      headers: {
        "x-amz-copy-source-version-id": versionHeaders(store.bucket(source.bucket), source.versionId)[
          "x-amz-version-id"
        ],
        ...encryptionHeaders(version),
        ...versionHeaders(store.bucket(bucket), version.versionId),
      },
      body: renderXml("CopyObjectResult", {
        ETag: `"${version.etag}"`,
        LastModified: new Date(version.modified).toISOString(),
      }),
    };
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
};

/** The ETag of a copy is the MD5 of its bytes, which a multipart upload does not have. */
async function copyContent(blobs: BlobStore, source: ObjectVersion): Promise<{ blob: StoredBlob; etag: string }> {
  const [only] = source.blobs;
  if (only && !source.etag.includes("-")) return { blob: blobs.link(only), etag: source.etag };
  const content = unsignedBody(blobs.read(source.blobs, 0, source.size - 1));
  const blob = await blobs.write(content);
  return { blob, etag: content.digests.md5 };
}

/** Metadata and tags of the source, unless the request replaces them. Storage class and encryption are not copied. */
function copyProperties(request: S3Request, requested: ObjectProperties, source: ObjectVersion): ObjectProperties {
  const metadata = Object.entries(source.headers).filter(
    ([name]) => name !== "x-amz-storage-class" && !name.startsWith("x-amz-server-side-encryption"),
  );
  return {
    headers: replaces(request, "metadata")
      ? requested.headers
      : { ...requested.headers, ...Object.fromEntries(metadata) },
    tags: replaces(request, "tagging") ? requested.tags : source.tags,
  };
}

function changesNothing(request: S3Request, source: ObjectVersion): boolean {
  const isCurrentVersion = header(request, "x-amz-copy-source")?.includes("?versionId=") !== true;
  const changes = ["x-amz-storage-class", "x-amz-website-redirect-location", "x-amz-server-side-encryption"];
  return (
    source.bucket === request.bucket &&
    source.key === request.key &&
    isCurrentVersion &&
    !replaces(request, "metadata") &&
    changes.every((name) => request.headers[name] === undefined)
  );
}

function replaces(request: S3Request, part: "metadata" | "tagging"): boolean {
  return header(request, `x-amz-${part}-directive`)?.toUpperCase() === "REPLACE";
}
