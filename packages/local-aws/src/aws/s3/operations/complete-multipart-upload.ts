import { checkWriteConditions } from "../conditions.ts";
import { badDigest } from "../errors.ts";
import type { Part } from "../model.ts";
import { checksumElement, chosenParts, multipartChecksum, multipartEtag } from "../multipart.ts";
import { encodeKey, objectArn } from "../names.ts";
import { encryptionHeaders, versionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { bodyDocument, causeOf, type S3Request } from "../request.ts";
import { renderXml } from "../xml.ts";

export const completeMultipartUpload: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, query, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const id = query.get("uploadId") ?? "";
  store.upload(id, bucket, key);
  const document = await bodyDocument(request, "CompleteMultipartUpload", headersOfBody(request));
  const upload = store.upload(id, bucket, key);
  const chosen = chosenParts(document, store.parts(id));
  const checksum = await multipartChecksum(upload, chosen, () => {
    const content = chosen.map(({ blob }) => blob);
    return blobs.read(content, 0, sizeOf(chosen) - 1);
  });
  const expected = checksum && headers[`x-amz-checksum-${checksum.algorithm}`];
  if (checksum && expected !== undefined && expected !== checksum.value) {
    throw badDigest(checksum.algorithm.toUpperCase());
  }
  // nothing waits from here on; a part may have been uploaded again since, with the same bytes or else its ETag differs
  const parts = chosenParts(document, store.parts(id));
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const version = objects.create(
    {
      ...{ bucket, key, headers: upload.headers, tags: upload.tags, checksum },
      ...{ etag: multipartEtag(parts), size: sizeOf(parts), blobs: parts.map(({ blob }) => blob) },
    },
    "ObjectCreated:CompleteMultipartUpload",
    causeOf(request),
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

/** Here the checksum headers tell of the object, not of the list of parts in the body. */
function headersOfBody({ headers }: S3Request): S3Request["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("x-amz-checksum-")));
}
