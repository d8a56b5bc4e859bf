import { checksumType, namedAlgorithm } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { describe, encryptionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { header } from "../request.ts";
import { renderXml } from "../xml.ts";

export const createMultipartUpload: Operation = ({ store, clock, newId }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  if (headers["x-amz-tagging"] !== undefined) call.authorize("s3:PutObjectTagging", objectArn(bucket, key));
  const description = describe(request, store.bucket(bucket));
  const checksumAlgorithm = namedAlgorithm(header(request, "x-amz-checksum-algorithm"));
  const type = checksumType(checksumAlgorithm, header(request, "x-amz-checksum-type"));
  const id = newId();
  store.startUpload({ id, bucket, key, ...description, initiated: clock.now(), checksumAlgorithm, checksumType: type });
  return {
    headers: {
      ...encryptionHeaders(description),
      "x-amz-checksum-algorithm": checksumAlgorithm?.toUpperCase(),
      "x-amz-checksum-type": type,
    },
    body: renderXml("InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId: id }),
  };
};
