import { listBucketResult } from "../list-bucket-result.ts";
import { listPage } from "../listing.ts";
import { listingParameters } from "../listing-parameters.ts";
import { bucketArn } from "../names.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const listObjects: Operation = ({ store, objects }, { bucket, query, call }) => {
  call.authorize("s3:ListBucket", bucketArn(bucket));
  const keys = store.keys(bucket);
  const { encode, ...parameters } = listingParameters(query, "max-keys");
  const marker = query.get("marker") ?? "";
  const page = listPage(keys, { ...parameters, after: marker }, (key) => objects.visible(bucket, key));
  return {
    body: renderXml("ListBucketResult", {
      Name: bucket,
      Prefix: encode(parameters.prefix),
      Marker: encode(marker),
      // S3 omits it without a delimiter: clients then use the last key.
      NextMarker: page.next && parameters.delimiter ? encode(page.next.name) : undefined,
      ...listBucketResult(page, query, encode, true),
      MaxKeys: parameters.maximum,
    }),
  };
};
