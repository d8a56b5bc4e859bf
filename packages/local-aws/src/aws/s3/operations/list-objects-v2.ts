import { invalidArgument } from "../errors.ts";
import { listBucketResult } from "../list-bucket-result.ts";
import { listPage } from "../listing.ts";
import { listingParameters } from "../listing-parameters.ts";
import { bucketArn } from "../names.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const listObjectsV2: Operation = ({ store, objects }, { bucket, query, call }) => {
  call.authorize("s3:ListBucket", bucketArn(bucket));
  const keys = store.keys(bucket);
  const { encode, ...parameters } = listingParameters(query, "max-keys");
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const after = token === null ? (startAfter ?? "") : fromToken(token);
  const page = listPage(keys, { ...parameters, after }, (key) => objects.visible(bucket, key));
  return {
    body: renderXml("ListBucketResult", {
      Name: bucket,
      Prefix: encode(parameters.prefix),
      ContinuationToken: token ?? undefined,
      NextContinuationToken: page.next && toToken(page.next.name),
      StartAfter: startAfter === null ? undefined : encode(startAfter),
      KeyCount: page.items.length + page.commonPrefixes.length,
      ...listBucketResult(page, query, encode, query.get("fetch-owner") === "true"),
      MaxKeys: parameters.maximum,
    }),
  };
};

function toToken(next: string): string {
  return Buffer.from(next).toString("base64url");
}

function fromToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (text === "" || toToken(text) !== token) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  }
  return text;
}
