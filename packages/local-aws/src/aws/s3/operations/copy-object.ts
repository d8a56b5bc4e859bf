import { checkWriteConditions } from "../conditions.ts";
import { copySource } from "../copy-source.ts";
import { invalidRequest } from "../errors.ts";
import { Intake } from "../intake.ts";
import type { Description, ObjectVersion } from "../model.ts";
import { objectArn } from "../names.ts";
import { describe, encryptionHeaders, versionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { causeOf, header, type S3Request } from "../request.ts";
import { renderXml } from "../xml.ts";
import { MAX_PUT_BYTES } from "./put-object.ts";

export const copyObject: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const asked = describe(request, store.bucket(bucket));
  const source = copySource({ store, objects }, request);
  if (source.size > MAX_PUT_BYTES) {
    throw invalidRequest(
      "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
    );
  }
  if (isNoChange(request, source)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const content = new Intake(
    blobs.read(source.blobs, 0, source.size - 1),
    {},
    "UNSIGNED-PAYLOAD",
    undefined,
    MAX_PUT_BYTES,
  );
  const blob = await blobs.write(content);
  try {
    checkWriteConditions(headers, key, objects.current(bucket, key));
    const checksum = source.checksum?.type === "COMPOSITE" ? undefined : source.checksum;
    const version = objects.create(
      {
        ...{ bucket, key, ...describeCopy(request, asked, source), checksum },
        ...{ etag: content.received.md5, size: blob.size, blobs: [blob] },
      },
      "ObjectCreated:Copy",
      causeOf(request),
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

/** The source's metadata and tags, unless the request replaces them. Storage class and encryption are never the source's. */
function describeCopy(request: S3Request, asked: Description, source: ObjectVersion): Description {
  const metadata = Object.entries(source.headers).filter(
    ([name]) => name !== "x-amz-storage-class" && !name.startsWith("x-amz-server-side-encryption"),
  );
  return {
    headers: replaces(request, "metadata") ? asked.headers : { ...asked.headers, ...Object.fromEntries(metadata) },
    tags: replaces(request, "tagging") ? asked.tags : source.tags,
  };
}

function isNoChange(request: S3Request, source: ObjectVersion): boolean {
  const newest = header(request, "x-amz-copy-source")?.includes("?versionId=") !== true;
  const changes = ["x-amz-storage-class", "x-amz-website-redirect-location", "x-amz-server-side-encryption"];
  return (
    source.bucket === request.bucket &&
    source.key === request.key &&
    newest &&
    !replaces(request, "metadata") &&
    changes.every((name) => request.headers[name] === undefined)
  );
}

function replaces(request: S3Request, what: "metadata" | "tagging"): boolean {
  return header(request, `x-amz-${what}-directive`)?.toUpperCase() === "REPLACE";
}
