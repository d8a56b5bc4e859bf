import { authorizedVersion } from "../authorized-version.ts";
import { invalidArgument } from "../errors.ts";
import { checksumElement } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { versionHeaders } from "../object-headers.ts";
import { header } from "../request.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

const ATTRIBUTES = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

export const getObjectAttributes: Operation = (context, request) => {
  const { bucket, key, query, call } = request;
  const versionId = query.get("versionId") ?? undefined;
  const infix = versionId === undefined ? "" : "Version";
  call.authorize(`s3:GetObject${infix}Attributes`, objectArn(bucket, key));
  const requested = (header(request, "x-amz-object-attributes") ?? "").split(",").map((name) => name.trim());
  const invalid = requested.find((name) => !ATTRIBUTES.includes(name));
  if (invalid !== undefined) {
    throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", invalid);
  }
  const version = authorizedVersion(context, request, versionId);
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
      ...versionHeaders(context.store.bucket(bucket), version.versionId),
    },
    body: renderXml(
      "GetObjectAttributesResponse",
      Object.fromEntries(requested.map((name) => [name, attributes[name]])),
    ),
  };
};
