import { checksumElement } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { numberParameter } from "../parameters.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

const MAX_PAGE = 1000;

export const listParts: Operation = ({ store }, { bucket, key, query, call }) => {
  call.authorize("s3:ListMultipartUploadParts", objectArn(bucket, key));
  const upload = store.upload(query.get("uploadId") ?? "", bucket, key);
  const marker = numberParameter(query, "part-number-marker", { minimum: 0, maximum: 2 ** 31 - 1 }) ?? 0;
  const requested = numberParameter(query, "max-parts", { minimum: 0, maximum: 2 ** 31 - 1 }) ?? MAX_PAGE;
  const maximum = Math.min(requested, MAX_PAGE);
  const remaining = store.parts(upload.id).filter(({ number }) => number > marker);
  const page = remaining.slice(0, maximum);
  return {
    body: renderXml("ListPartsResult", {
      Bucket: bucket,
      Key: key,
      UploadId: upload.id,
      StorageClass: upload.headers["x-amz-storage-class"] ?? "STANDARD",
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: maximum,
      IsTruncated: maximum > 0 && remaining.length > page.length,
      ChecksumAlgorithm: upload.checksumAlgorithm?.toUpperCase(),
      ChecksumType: upload.checksumType,
      Part: page.map(({ number, etag, blob, modified, checksum }) => ({
        PartNumber: number,
        LastModified: new Date(modified).toISOString(),
        ETag: `"${etag}"`,
        Size: blob.size,
        ...(checksum ? { [checksumElement(checksum.algorithm)]: checksum.value } : {}),
      })),
    }),
  };
};
