import { invalidArgument } from "../errors.ts";
import { checksumElement } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { versionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { findAuthorized } from "../readable.ts";
import { header } from "../request.ts";
import { renderXml } from "../xml.ts";

const ATTRIBUTES = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

export const getObjectAttributes: Operation = (parts, request) => {
  const { bucket, key, query, call } = request;
  const versionId = query.get("versionId") ?? undefined;
  const suffix = versionId === undefined ? "" : "Version";
  call.authorize(`s3:GetObject${suffix}Attributes`, objectArn(bucket, key));
  const asked = (header(request, "x-amz-object-attributes") ?? "").split(",").map((name) => name.trim());
  const unknown = asked.find((name) => !ATTRIBUTES.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown);
  }
  const version = findAuthorized(parts, request, versionId);
  const { checksum, blobs } = version;
  const attributes: Readonly<Record<string, unknown>> = {
    ETag: version.etag,
    Checksum: checksum && { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type },
    ObjectParts: blobs.length > 1 ? { PartsCount: blobs.length } : undefined,
    StorageClass: version.headers["x-amz-storage-class"] ?? "STANDARD",
    ObjectSize: version.size,
  };
  return {
    headers: {
      "last-modified": new Date(version.modified).toUTCString(),
      ...versionHeaders(parts.store.bucket(bucket), version.versionId),
    },
    body: renderXml("GetObjectAttributesResponse", Object.fromEntries(asked.map((name) => [name, attributes[name]]))),
  };
};
