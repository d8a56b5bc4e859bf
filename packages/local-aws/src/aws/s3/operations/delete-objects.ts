import { AwsError } from "../../../runtime/error.ts";
import { invalidRequest, malformedXml } from "../errors.ts";
import { objectArn } from "../names.ts";
import { bodyDocument, requesterOf, type S3Request } from "../request.ts";
import { children, childText, renderXml, type XmlDocument } from "../xml.ts";
import type { Operation, S3Context } from "./context.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MAX_OBJECTS = 1000;

export const deleteObjects: Operation = async (context, request) => {
  const digests = Object.keys(request.headers).filter((name) => /^(content-md5|x-amz-(checksum-|trailer))/.test(name));
  if (digests.length === 0) {
    throw invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  const document = await bodyDocument(request, "Delete");
  const entries = children(document, "Object");
  if (entries.length === 0 || entries.length > MAX_OBJECTS) throw malformedXml();
  context.store.bucket(request.bucket);
  const results = entries.map((entry) => deleteOne(context, request, entry));
  const quiet = childText(document, "Quiet") === "true";
  return {
    body: renderXml("DeleteResult", {
      Deleted: quiet ? [] : results.flatMap(({ deleted }) => deleted ?? []),
      Error: results.flatMap(({ error }) => error ?? []),
    }),
  };
};

function deleteOne(
  { objects }: Pick<S3Context, "objects">,
  request: S3Request,
  entry: XmlDocument,
): { deleted?: object; error?: object } {
  const { bucket, call } = request;
  const key = childText(entry, "Key") ?? "";
  const versionId = childText(entry, "VersionId") || undefined;
  try {
    if (key === "") throw malformedXml();
    call.authorize(versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", objectArn(bucket, key));
    const deletion = objects.delete(bucket, key, versionId, "ObjectRemoved", requesterOf(request));
    const marker = deletion.deleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: deletion.versionId } : {};
    return { deleted: { Key: key, VersionId: versionId, ...marker } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { error: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
  }
}
