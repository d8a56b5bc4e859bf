import type { Statement } from "../../lib/database/database.ts";
import { type CatalogFolderQuery, DELIMITER } from "./folder-query.ts";
import { fileColumns } from "./statement-parts.ts";

/** The next character after the delimiter: every key in `a/` is less than `a0`. */
const AFTER_DELIMITER = "0";
/** The least text that PostgreSQL can append to another. */
const LEAST_SUFFIX = "\u0001";

/** The keys from `start` to before `stop`, in the order of their bytes, all of which are in the folder. */
export interface KeyRange {
  readonly folder: string;
  readonly start: string;
  readonly stop: string;
}

/** Entries of a page that are counted per folder, after which the count is given up. */
export const MAX_COUNTED = 10_000;

/** The folder after the prefix that contains what starts with a text; undefined when this is not in a folder. */
export function folderOf(text: string, prefix: string): string | undefined {
  const slash = text.indexOf(DELIMITER, prefix.length);
  return slash < 0 ? undefined : text.slice(0, slash + 1);
}

export const rangeOf = (folder: string, granted: string = folder): KeyRange => ({
  folder,
  start: granted,
  stop: granted.slice(0, -1) + AFTER_DELIMITER,
});

/**
 * The folders and files below a prefix that is readable as a whole. Each step of the recursion reads one entry of the
 * index, the first one after the previous folder or file, so a folder costs the same whatever it contains. Selects one
 * row more than requested; the columns of a file are null in the row of a folder, for which no file is looked up.
 */
export function entriesStatement(bucket: string, { prefix, limit, sort, after }: CatalogFolderQuery): Statement {
  const values: unknown[] = [bucket, prefix, limit + 1];
  const isAscending = sort === "prefix_path";
  const next = (position: string): string => `(
    select ${nameOf("key")} from file
    where bucket = $1 and removed_at is null ${prefix === "" ? "" : "and starts_with(key, $2)"} ${position}
    order by key ${isAscending ? "asc" : "desc"} limit 1
  )`;
  const first = after === undefined ? "" : `and ${following(`$${values.push(after)}::text`, isAscending)}`;
  return {
    name: "list entries",
    text: `
      with recursive entry (name, number) as (
        select ${next(first)}, 1
        union all
        select ${next(`and ${following("entry.name", isAscending)}`)}, number + 1
        from entry where entry.name is not null and number < $3
      )
      select entry.name, ${fileColumns} from entry
      left join file on file.bucket = $1 and file.key = case when not ${isFolder("entry.name")} then entry.name end
      where entry.name is not null order by entry.number`,
    values,
  };
}

/** The key, or the folder that contains it, for a key that starts with the prefix `$2`. */
const nameOf = (key: string): string => {
  const rest = `substr(${key}, length($2::text) + 1)`;
  return `case strpos(${rest}, '/') when 0 then ${key} else left(${key}, length($2::text) + strpos(${rest}, '/')) end`;
};

/** A file that ends with a slash has the name of the prefix itself; any other is in a folder. */
const isFolder = (name: string): string => `(right(${name}, 1) = '/' and length(${name}) > length($2::text))`;

/** The condition for the keys after a folder or file and everything in it. */
const following = (name: string, isAscending: boolean): string =>
  isAscending
    ? `key >= (case when ${isFolder(name)} then left(${name}, -1) || '${AFTER_DELIMITER}'
                else ${name} || '${LEAST_SUFFIX}' end)`
    : `key < ${name}`;

/** Those folders that contain a file in one of their ranges. Selects one row more than requested. */
export function occupiedFoldersStatement(
  bucket: string,
  ranges: readonly KeyRange[],
  { limit, sort, after }: Pick<CatalogFolderQuery, "limit" | "sort" | "after">,
): Statement {
  const isAscending = sort === "prefix_path";
  const position = after === undefined ? "" : `and part.folder collate "C" ${isAscending ? ">" : "<"} $6`;
  return {
    name: "list occupied folders",
    text: `
      select distinct part.folder collate "C" as name
      from unnest($3::text[], $4::text[], $5::text[]) as part (folder, start, stop)
      where exists (
        select from file where bucket = $1 and removed_at is null and key >= part.start and key < part.stop
      ) ${position}
      order by name ${isAscending ? "asc" : "desc"} limit $2`,
    values: [bucket, limit + 1, ...columnsOf(ranges), ...(after === undefined ? [] : [after])],
  };
}

/** Counts the files in the ranges of each folder, of a range at most one more than {@link MAX_COUNTED}. */
export const countStatement = (bucket: string, ranges: readonly KeyRange[]): Statement => ({
  name: "count files",
  text: `
    select part.folder, sum(counted.files)::float8 as files, sum(counted.size)::float8 as size
    from unnest($3::text[], $4::text[], $5::text[]) as part (folder, start, stop)
    cross join lateral (
      select count(*) as files, coalesce(sum(size), 0) as size from (
        select size from file where bucket = $1 and removed_at is null and key >= part.start and key < part.stop limit $2
      ) as counted
    ) as counted
    group by part.folder`,
  values: [bucket, MAX_COUNTED + 1, ...columnsOf(ranges)],
});

const columnsOf = (ranges: readonly KeyRange[]): readonly (readonly string[])[] => [
  ranges.map(({ folder }) => folder),
  ranges.map(({ start }) => start),
  ranges.map(({ stop }) => stop),
];
