import type { ObjectVersion } from "../model.ts";
import { objectArn } from "../names.ts";
import { versionHeaders } from "../object-headers.ts";
import type { Operation, S3Parts } from "../operation.ts";
import { findAuthorized } from "../readable.ts";
import { bodyDocument, type S3Request } from "../request.ts";
import { tagsFromDocument, tagsToDocument } from "../tags.ts";
import { renderXml } from "../xml.ts";

export const getObjectTagging: Operation = (parts, request) => {
  const version = find(parts, request, "GetObject");
  return {
    headers: versionHeaders(parts.store.bucket(request.bucket), version.versionId),
    body: renderXml("Tagging", tagsToDocument(version.tags)),
  };
};

export const putObjectTagging: Operation = async (parts, request) => {
  const { versionId } = find(parts, request, "PutObject");
  const tags = tagsFromDocument(await bodyDocument(request, "Tagging"));
  // found anew: the version may be gone, or have other tags, since the body came
  parts.store.replaceVersion({ ...parts.objects.find(request.bucket, request.key, versionId), tags });
  return { headers: versionHeaders(parts.store.bucket(request.bucket), versionId) };
};

export const deleteObjectTagging: Operation = (parts, request) => {
  const version = find(parts, request, "DeleteObject");
  parts.store.replaceVersion({ ...version, tags: {} });
  return { status: 204, headers: versionHeaders(parts.store.bucket(request.bucket), version.versionId) };
};

function find(
  parts: Pick<S3Parts, "store" | "objects">,
  request: S3Request,
  action: "GetObject" | "PutObject" | "DeleteObject",
): ObjectVersion {
  const versionId = request.query.get("versionId") ?? undefined;
  const name = `s3:${action}${versionId === undefined ? "" : "Version"}Tagging`;
  request.call.authorize(name, objectArn(request.bucket, request.key));
  return findAuthorized(parts, request, versionId);
}
