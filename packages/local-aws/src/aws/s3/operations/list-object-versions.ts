import { invalidArgument } from "../errors.ts";
import { listPage } from "../listing.ts";
import { echoedParameters, listingParameters } from "../listing-parameters.ts";
import { bucketArn } from "../names.ts";
import type { ObjectVersion } from "../object-version.ts";
import { OWNER } from "../owner.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const listObjectVersions: Operation = ({ store }, { bucket, query, call }) => {
  call.authorize("s3:ListBucketVersions", bucketArn(bucket));
  const keys = store.keys(bucket);
  const { encode, ...parameters } = listingParameters(query, "max-keys");
  const keyMarker = query.get("key-marker") ?? "";
  const versionIdMarker = query.get("version-id-marker") ?? "";
  if (versionIdMarker !== "" && keyMarker === "") {
    throw invalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker");
  }
  const versionsOf = (key: string) => store.versions(bucket, key);
  const page = listPage(
    keys,
    { ...parameters, after: keyMarker },
    versionsOf,
    versionIdMarker === "" ? [] : versionsOlderThan(versionsOf(keyMarker), versionIdMarker),
  );
  const describe = (version: ObjectVersion) => ({
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: versionsOf(version.key)[0] === version,
    LastModified: new Date(version.modified).toISOString(),
    Owner: OWNER,
  });
  return {
    body: renderXml("ListVersionsResult", {
      Name: bucket,
      Prefix: encode(parameters.prefix),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionIdMarker,
      NextKeyMarker: page.next && encode(page.next.name),
      NextVersionIdMarker: page.next?.item?.versionId,
      ...echoedParameters(query, encode),
      MaxKeys: parameters.maximum,
      IsTruncated: page.next !== undefined,
      Version: page.items
        .filter(({ deleteMarker }) => !deleteMarker)
        .map((version) => ({
          ETag: `"${version.etag}"`,
          ChecksumAlgorithm: version.checksum?.algorithm.toUpperCase(),
          Size: version.size,
          StorageClass: version.headers["x-amz-storage-class"] ?? "STANDARD",
          ...describe(version),
        })),
      DeleteMarker: page.items.filter(({ deleteMarker }) => deleteMarker).map(describe),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }),
  };
};

/** The versions that are older than the last one of the previous page. */
function versionsOlderThan(versions: readonly ObjectVersion[], versionId: string): readonly ObjectVersion[] {
  return versions.slice(versions.findIndex((version) => version.versionId === versionId) + 1);
}
