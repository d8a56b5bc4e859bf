import { checkWriteConditions } from "../conditions.ts";
import { badDigest } from "../errors.ts";
import { checksumElement, multipartChecksum, multipartEtag, selectParts } from "../multipart.ts";
import type { Part } from "../multipart-upload.ts";
import { encodeKey, objectArn } from "../names.ts";
import { encryptionHeaders, versionHeaders } from "../object-headers.ts";
import { bodyDocument, requesterOf, type S3Request } from "../request.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const completeMultipartUpload: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, query, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const id = query.get("uploadId") ?? "";
  store.upload(id, bucket, key);
  const document = await bodyDocument(request, "CompleteMultipartUpload", headersOfBody(request));
  const upload = store.upload(id, bucket, key);
  const listedParts = selectParts(document, store.parts(id));
  const checksum = await multipartChecksum(upload, listedParts, () => {
    const content = listedParts.map(({ blob }) => blob);
    return blobs.read(content, 0, sizeOf(listedParts) - 1);
  });
  const expected = checksum && headers[`x-amz-checksum-${checksum.algorithm}`];
  if (checksum && expected !== undefined && expected !== checksum.value) {
    throw badDigest(checksum.algorithm.toUpperCase());
  }
  // Selected again: parts may have been replaced while the checksum was computed. The rest is synchronous.
  const parts = selectParts(document, store.parts(id));
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const version = objects.create(
    {
      ...{ bucket, key, headers: upload.headers, tags: upload.tags, checksum },
      ...{ etag: multipartEtag(parts), size: sizeOf(parts), blobs: parts.map(({ blob }) => blob) },
    },
    "ObjectCreated:CompleteMultipartUpload",
    requesterOf(request),
    store.upload(id, bucket, key),
  );
  return {
    headers: { ...encryptionHeaders(version), ...versionHeaders(store.bucket(bucket), version.versionId) },
    body: renderXml("CompleteMultipartUploadResult", {
      Location: `http://${headers.host ?? "localhost"}/${bucket}/${encodeKey(key)}`,
      Bucket: bucket,
      Key: key,
      ETag: `"${version.etag}"`,
      ...(checksum ? { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type } : {}),
    }),
  };
};

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { blob }) => sum + blob.size, 0);
}

/** In this request, the checksum headers describe the object, not the body. */
function headersOfBody({ headers }: S3Request): S3Request["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("x-amz-checksum-")));
}
