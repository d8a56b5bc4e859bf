import { listPage } from "../listing.ts";
import { echoedParameters, listingParameters } from "../listing-parameters.ts";
import { bucketArn } from "../names.ts";
import { SortedKeys } from "../sorted-keys.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const listMultipartUploads: Operation = ({ store }, { bucket, query, call }) => {
  call.authorize("s3:ListBucketMultipartUploads", bucketArn(bucket));
  store.bucket(bucket);
  const { encode, ...parameters } = listingParameters(query, "max-uploads");
  const keyMarker = query.get("key-marker") ?? "";
  const idMarker = query.get("upload-id-marker") ?? "";
  const uploads = Map.groupBy(store.uploads(bucket), ({ key }) => key);
  const uploadsOf = (key: string) => uploads.get(key) ?? [];
  const markerIndex = uploadsOf(keyMarker).findIndex(({ id }) => id === idMarker);
  const page = listPage(
    new SortedKeys(uploads.keys()),
    { ...parameters, after: keyMarker },
    uploadsOf,
    markerIndex < 0 ? [] : uploadsOf(keyMarker).slice(markerIndex + 1),
  );
  return {
    body: renderXml("ListMultipartUploadsResult", {
      Bucket: bucket,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: page.next && encode(page.next.name),
      NextUploadIdMarker: page.next?.item?.id,
      Prefix: encode(parameters.prefix),
      ...echoedParameters(query, encode),
      MaxUploads: parameters.maximum,
      IsTruncated: page.next !== undefined,
      Upload: page.items.map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        StorageClass: upload.headers["x-amz-storage-class"] ?? "STANDARD",
        Initiated: new Date(upload.initiated).toISOString(),
        ChecksumAlgorithm: upload.checksumAlgorithm?.toUpperCase(),
        ChecksumType: upload.checksumType,
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }),
  };
};
