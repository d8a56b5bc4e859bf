import { folderOf, nameOf, type Prefix } from "./keys.ts";

export interface FileEntry {
  readonly kind: "file";
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** ISO 8601 */
  readonly modified: string;
  readonly type: string;
}

export interface FolderEntry {
  readonly kind: "folder";
  /** The folder with its slash. */
  readonly key: Prefix;
  readonly name: string;
  /** The number of files in it and below; undefined when it is not known. */
  readonly files?: number | undefined;
}

/** A row of the list. Its key identifies it. */
export type Entry = FileEntry | FolderEntry;

export type SortField = "name" | "size" | "modified";
export interface Sort {
  readonly field: SortField;
  readonly descending: boolean;
}

/** The order of UTF-16 code units, which is about that of the server. */
const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const comparisons: Readonly<Record<SortField, (one: FileEntry, other: FileEntry) => number>> = {
  name: (one, other) => compareText(one.name, other.name),
  size: (one, other) => one.size - other.size,
  modified: (one, other) => compareText(one.modified, other.modified),
};

/** Folders first, by name, then the files. */
export function sortEntries(entries: readonly Entry[], { field, descending }: Sort): Entry[] {
  const folders = entries.filter((entry) => entry.kind === "folder");
  const files = entries.filter((entry) => entry.kind === "file");
  const direction = descending ? -1 : 1;
  const byName = (one: Entry, other: Entry): number => compareText(one.name, other.name);
  const reversed = field === "name" && descending ? -1 : 1;
  return [
    ...folders.toSorted((one, other) => reversed * byName(one, other)),
    ...files.toSorted((one, other) => direction * comparisons[field](one, other) || compareText(one.key, other.key)),
  ];
}

/** The sort after a column was chosen: names ascend at first, sizes and dates descend. */
export const nextSort = (current: Sort, field: SortField): Sort => ({
  field,
  descending: current.field === field ? !current.descending : field !== "name",
});

export const folderEntry = (key: Prefix, details: Partial<FolderEntry> = {}): FolderEntry => ({
  ...details,
  kind: "folder",
  key,
  name: nameOf(key),
});

/** The entry of a folder for a key: the file itself, or the folder below that contains it; undefined when outside. */
export function entryIn(prefix: Prefix, file: FileEntry): Entry | undefined {
  if (!file.key.startsWith(prefix) || file.key === prefix) return undefined;
  if (folderOf(file.key) === prefix) return file;
  const rest = file.key.slice(prefix.length);
  return folderEntry(prefix + rest.slice(0, rest.indexOf("/") + 1));
}
