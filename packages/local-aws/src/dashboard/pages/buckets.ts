import { listPage } from "../../aws/s3/listing.ts";
import type { ObjectVersion } from "../../aws/s3/object-version.ts";
import { childText } from "../../aws/s3/xml.ts";
import type { DashboardSources } from "../sources.ts";
import type { BucketsView, ObjectVersionView, ObjectView } from "../views.ts";
import { matches, type Page } from "./page.ts";

const OBJECTS_PER_PAGE = 100;

type Store = DashboardSources["buckets"]["store"];

/** The buckets with their objects, folder by folder, and all versions of an object. Contents are not shown. */
export function bucketsPage({ buckets: { store } }: Pick<DashboardSources, "buckets">): Page<BucketsView> {
  return {
    read(query) {
      const buckets = store.buckets().filter(({ name }) => matches(query.get("q"), name));
      const name = query.get("bucket");
      return {
        buckets: buckets.map(({ name: bucket, created, configurations }) => ({
          name: bucket,
          createdAt: created,
          keys: store.keys(bucket).length,
          versioning: childText(configurations.versioning, "Status") ?? "Disabled",
        })),
        selected: name === null ? undefined : bucketView(store, name, query),
      };
    },
  };
}

function bucketView(store: Store, bucket: string, query: URLSearchParams): BucketsView["selected"] {
  const [prefix, after, key] = [query.get("prefix") ?? "", query.get("after") ?? "", query.get("key")];
  const listing = listPage(store.keys(bucket), { prefix, after, delimiter: "/", maximum: OBJECTS_PER_PAGE }, (listed) =>
    store.versions(bucket, listed).slice(0, 1),
  );
  return {
    name: bucket,
    prefix,
    folders: listing.commonPrefixes,
    objects: listing.items.map((version) => objectView(version, store.versions(bucket, version.key).length)),
    next: listing.next?.name,
    object: key === null ? undefined : { key, versions: store.versions(bucket, key).map(versionView) },
  };
}

function objectView({ key, size, modified, headers, deleteMarker }: ObjectVersion, versions: number): ObjectView {
  return {
    key,
    size,
    modifiedAt: modified,
    contentType: headers["content-type"] ?? "",
    versions,
    deleted: deleteMarker,
  };
}

function versionView(version: ObjectVersion): ObjectVersionView {
  const { versionId, modified: modifiedAt, size, etag, deleteMarker, headers, tags } = version;
  return { versionId, modifiedAt, size, etag, deleteMarker, headers, tags };
}
