import type { BucketsView, BucketView, ObjectVersionView, ObjectView } from "../../views.ts";
import { type Child, h, icon } from "../dom.ts";
import { formatBytes, formatCount } from "../format.ts";
import { ICONS } from "../icons.ts";
import { badge, code, detail, empty, facts, link, search, split, table, time } from "../parts.ts";
import type { PageView } from "./page-view.ts";

/** What a link to another bucket or folder leaves behind. */
const NOWHERE = { prefix: undefined, after: undefined, key: undefined };

type Selected = NonNullable<BucketsView["selected"]>;
type Entry = { readonly folder: string } | { readonly object: ObjectView };

export const buckets: PageView<BucketsView> = {
  title: "Buckets",
  summary: "S3 buckets with their objects and versions.",
  tools: (_, query) => [search("Search buckets", query.get("q"))],
  render: ({ buckets: all, selected }, query) =>
    split(all.length > 0 ? list(all, selected?.name) : nothing(query), selected && contents(selected, query)),
};

function nothing(query: URLSearchParams): HTMLElement {
  return query.has("q")
    ? empty("No bucket matches", link({ q: undefined }, {}, "Show all buckets"), ".")
    : empty("There is no bucket", "Deploy an aws_s3_bucket; its objects appear here.");
}

function list(all: readonly BucketView[], selected: string | undefined): HTMLElement {
  return table(
    all,
    [
      { label: "Bucket", cell: ({ name }) => link({ bucket: name, ...NOWHERE }, { class: "strong" }, name) },
      { label: "Keys", numeric: true, cell: ({ keys }) => formatCount(keys) },
      { label: "Versioning", cell: ({ versioning }) => versioning },
      { label: "Created", cell: ({ createdAt }) => time(createdAt) },
    ],
    { label: "Buckets", key: ({ name }) => name, isSelected: ({ name }) => name === selected },
  );
}

function contents(bucket: Selected, query: URLSearchParams): HTMLElement {
  const { name, prefix, folders, objects, next, object } = bucket;
  const entries: Entry[] = [...folders.map((folder) => ({ folder })), ...objects.map((listed) => ({ object: listed }))];
  return detail(
    name,
    { bucket: undefined, ...NOWHERE },
    breadcrumb(prefix),
    entries.length === 0
      ? empty("Nothing is here", "Objects appear here when a program writes them.")
      : table(
          entries,
          [
            { label: "Name", cell: (entry) => entryName(entry, prefix) },
            {
              label: "Size",
              numeric: true,
              cell: (entry) => ("object" in entry ? formatBytes(entry.object.size) : ""),
            },
            { label: "Versions", numeric: true, cell: (entry) => ("object" in entry ? entry.object.versions : "") },
            { label: "Changed", cell: (entry) => ("object" in entry ? time(entry.object.modifiedAt) : "") },
          ],
          {
            label: `Objects of ${name}`,
            key: (entry) => ("object" in entry ? entry.object.key : entry.folder),
            isSelected: (entry) => "object" in entry && entry.object.key === object?.key,
          },
        ),
    h(
      "nav",
      { class: "pages", "aria-label": "Pages of objects" },
      query.has("after") && link({ after: undefined }, { class: "button" }, "First page"),
      next !== undefined && link({ after: next }, { class: "button" }, "Next page"),
    ),
    object && versions(object.key, object.versions),
  );
}

function breadcrumb(prefix: string): HTMLElement {
  const names = prefix.split("/").slice(0, -1);
  const steps = names.map((name, index) => ({ name, prefix: `${names.slice(0, index + 1).join("/")}/` }));
  return h(
    "nav",
    { class: "breadcrumb", "aria-label": "Folder" },
    link(NOWHERE, {}, "All objects"),
    steps.map((step) => [" / ", link({ ...NOWHERE, prefix: step.prefix }, {}, step.name)]),
  );
}

function entryName(entry: Entry, prefix: string): Child {
  if ("folder" in entry) {
    const { folder } = entry;
    return link(
      { ...NOWHERE, prefix: folder },
      { class: "strong entry" },
      icon(ICONS.folder),
      folder.slice(prefix.length),
    );
  }
  const { key, deleted } = entry.object;
  return [
    link({ key }, { class: "entry" }, icon(ICONS.file), key.slice(prefix.length) || key),
    deleted && badge("deleted", "warning"),
  ];
}

function versions(key: string, all: readonly ObjectVersionView[]): HTMLElement {
  return h(
    "section",
    { "aria-label": `Versions of ${key}` },
    h("h3", {}, "Versions of ", code(key)),
    all.length === 0 && empty("The object no longer exists", link({ key: undefined }, {}, "Close"), "."),
    all.map((version, index) =>
      h(
        "details",
        { class: "item", "data-key": version.versionId, open: index === 0 },
        h(
          "summary",
          {},
          h("span", { class: "item-title mono" }, version.versionId),
          h("span", { class: "muted" }, time(version.modifiedAt), ` · ${formatBytes(version.size)}`),
          version.deleteMarker ? badge("delete marker", "warning") : index === 0 && badge("current", "good"),
        ),
        facts([
          ["ETag", code(version.etag)],
          ...Object.entries({ ...version.headers, ...version.tags }).map(
            ([name, value]) => [name, code(value)] as const,
          ),
        ]),
      ),
    ),
  );
}
