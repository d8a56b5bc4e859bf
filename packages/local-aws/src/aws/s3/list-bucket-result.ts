import type { Listing } from "./listing.ts";
import { echoedParameters } from "./listing-parameters.ts";
import type { ObjectVersion } from "./object-version.ts";
import { OWNER } from "./owner.ts";

/** The members of `ListBucketResult` that both versions of ListObjects return. */
export function listBucketResult(
  page: Listing<ObjectVersion>,
  query: URLSearchParams,
  encode: (text: string) => string,
  withOwner: boolean,
): object {
  return {
    ...echoedParameters(query, encode),
    IsTruncated: page.next !== undefined,
    Contents: page.items.map((version) => ({
      Key: encode(version.key),
      LastModified: new Date(version.modified).toISOString(),
      ETag: `"${version.etag}"`,
      ChecksumAlgorithm: version.checksum?.algorithm.toUpperCase(),
      ChecksumType: version.checksum?.type,
      Size: version.size,
      Owner: withOwner ? OWNER : undefined,
      StorageClass: version.headers["x-amz-storage-class"] ?? "STANDARD",
    })),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}
