import { checksumType, parseChecksumAlgorithm } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { encryptionHeaders, objectProperties } from "../object-headers.ts";
import { header } from "../request.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const createMultipartUpload: Operation = ({ store, clock, newId }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  if (headers["x-amz-tagging"] !== undefined) call.authorize("s3:PutObjectTagging", objectArn(bucket, key));
  const properties = objectProperties(request, store.bucket(bucket));
  const checksumAlgorithm = parseChecksumAlgorithm(header(request, "x-amz-checksum-algorithm"));
  const type = checksumType(checksumAlgorithm, header(request, "x-amz-checksum-type"));
  const id = newId();
  store.startUpload({ id, bucket, key, ...properties, initiated: clock.now(), checksumAlgorithm, checksumType: type });
  return {
    headers: {
      ...encryptionHeaders(properties),
      "x-amz-checksum-algorithm": checksumAlgorithm?.toUpperCase(),
      "x-amz-checksum-type": type,
    },
    body: renderXml("InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId: id }),
  };
};
