import { invalidArgument } from "../errors.ts";
import { type Listing, listPage } from "../listing.ts";
import { echo, listingParameters } from "../listing-parameters.ts";
import type { ObjectVersion } from "../model.ts";
import { bucketArn } from "../names.ts";
import type { Operation } from "../operation.ts";
import { renderXml } from "../xml.ts";

/** The older form: pages go on from the last name, as plain text. */
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
      // S3 leaves it out without a delimiter: the last key serves
      NextMarker: page.next && parameters.delimiter ? encode(page.next.name) : undefined,
      ...commonMembers(page, query, encode),
      MaxKeys: parameters.maximum,
    }),
  };
};

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
      ...commonMembers(page, query, encode, query.get("fetch-owner") === "true"),
      MaxKeys: parameters.maximum,
    }),
  };
};

function commonMembers(
  page: Listing<ObjectVersion>,
  query: URLSearchParams,
  encode: (text: string) => string,
  withOwner = true,
): object {
  return {
    ...echo(query, encode),
    IsTruncated: page.next !== undefined,
    Contents: page.items.map((version) => ({
      Key: encode(version.key),
      LastModified: new Date(version.modified).toISOString(),
      ETag: `"${version.etag}"`,
      ChecksumAlgorithm: version.checksum?.algorithm.toUpperCase(),
      ChecksumType: version.checksum?.type,
      Size: version.size,
      Owner: withOwner ? { ID: "local", DisplayName: "local" } : undefined,
      StorageClass: version.headers["x-amz-storage-class"] ?? "STANDARD",
    })),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

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
