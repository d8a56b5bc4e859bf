import { invalidArgument } from "../errors.ts";
import { listPage } from "../listing.ts";
import { echo, listingParameters } from "../listing-parameters.ts";
import type { ObjectVersion } from "../model.ts";
import { bucketArn } from "../names.ts";
import type { Operation } from "../operation.ts";
import { renderXml } from "../xml.ts";

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
    versionIdMarker === "" ? [] : versionsBelow(versionsOf(keyMarker), versionIdMarker),
  );
  const describe = (version: ObjectVersion) => ({
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: versionsOf(version.key)[0] === version,
    LastModified: new Date(version.modified).toISOString(),
    Owner: { ID: "local", DisplayName: "local" },
  });
  return {
    body: renderXml("ListVersionsResult", {
      Name: bucket,
      Prefix: encode(parameters.prefix),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionIdMarker,
      NextKeyMarker: page.next && encode(page.next.name),
      NextVersionIdMarker: page.next?.item?.versionId,
      ...echo(query, encode),
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

/** Versions older than the one that ended the page before. */
function versionsBelow(versions: readonly ObjectVersion[], versionId: string): readonly ObjectVersion[] {
  return versions.slice(versions.findIndex((version) => version.versionId === versionId) + 1);
}
