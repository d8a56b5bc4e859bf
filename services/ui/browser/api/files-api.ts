import { encodeKey } from "../../../../lib/keys/object-key.ts";
import { type Entry, type FileEntry, folderEntry, type Sort } from "../model/entries.ts";
import { nameOf, type Prefix } from "../model/keys.ts";
import type { ApiClient } from "./api-client.ts";
import { ApiError } from "./api-error.ts";

/** A file in the API's responses. */
interface FileRecord {
  readonly prefix_path: string;
  readonly date_added: string;
  readonly size: number;
  readonly content_type: string;
}

interface FolderRecord {
  readonly prefix: string;
  readonly files?: number;
}

interface FolderPage {
  readonly folders: readonly FolderRecord[];
  readonly files: readonly FileRecord[];
}

export interface EntryPage {
  readonly entries: readonly Entry[];
  /** The address of the next page; undefined after the last one. */
  readonly next: string | undefined;
}

/** A URL that works without signing in, until it expires. */
export interface Link {
  readonly url: string;
  readonly expires_in: number;
}

/** A version of a file. The bucket keeps an older one for 7 days. */
export interface FileVersion {
  readonly version: string;
  /** ISO 8601 */
  readonly date: string;
  readonly size?: number | null;
  readonly latest: boolean;
  /** Whether the file was deleted at that time. */
  readonly deleted: boolean;
}

/** A copy that needs several requests: the response of all but the last. */
interface UnfinishedCopy {
  readonly uploadId?: string;
}

const PAGE_SIZE = 1000;
/** The limit of the API. */
const DELETED_AT_ONCE = 1000;

/** The part of the API that lists and changes files. */
export class FilesApi {
  readonly #client: Pick<ApiClient, "send" | "json">;

  constructor(client: Pick<ApiClient, "send" | "json">) {
    this.#client = client;
  }

  /** The first page of a folder, by name: the API has no other order for folders. @throws ApiError */
  list(prefix: Prefix, sort: Sort, signal?: AbortSignal): Promise<EntryPage> {
    const isReversed = sort.field === "name" && sort.descending;
    const query = new URLSearchParams({
      delimiter: "/",
      limit: String(PAGE_SIZE),
      sort: isReversed ? "-prefix_path" : "prefix_path",
    });
    if (prefix !== "") query.set("prefix", prefix);
    return this.page(`/api/list?${query}`, signal);
  }

  /** The first page of the files in a folder and below whose names contain a text, best first. @throws ApiError */
  search(text: string, prefix: Prefix, signal?: AbortSignal): Promise<EntryPage> {
    const query = new URLSearchParams({ q: text });
    if (prefix !== "") query.set("prefix", prefix);
    return this.page(`/api/search?${query}`, signal);
  }

  /** @param address `next` of the previous page */
  async page(address: string, signal?: AbortSignal): Promise<EntryPage> {
    const response = await this.#client.send(address, { signal });
    const body = (await response.json()) as FolderPage | readonly FileRecord[];
    const { folders, files } = "files" in body ? body : { folders: [], files: body };
    return {
      entries: [...folders.map(({ prefix, files }) => folderEntry(prefix, { files })), ...files.map(toFileEntry)],
      next: nextAddress(response.headers.get("link")),
    };
  }

  /** Whether there is a file, by the list: asking for the file itself would be an error when there is none. */
  async exists(key: string): Promise<boolean> {
    const query = new URLSearchParams({ prefix: key, limit: "1", sort: "prefix_path" });
    const [first] = await this.#client.json<FileRecord[]>(`/api/list?${query}`);
    return first?.prefix_path === key;
  }

  /** The first bytes of a file. @throws ApiError */
  async read(key: string, maxBytes: number, signal?: AbortSignal): Promise<Blob> {
    const range = { range: `bytes=0-${maxBytes - 1}` };
    try {
      return await (await this.#client.send(`/api/files/${encodeKey(key)}`, { headers: range, signal })).blob();
    } catch (error) {
      if (error instanceof ApiError && error.status === 416) return new Blob(); // An empty file has no range.
      throw error;
    }
  }

  /** A link to a file, which a browser displays if it can. @throws ApiError */
  link(key: string, seconds: number, signal?: AbortSignal): Promise<Link> {
    return this.#client.json<Link>(`/api/download_presigned/${encodeKey(key)}?expires=${seconds}`, { signal });
  }

  /** A link to a file, which a browser stores. @throws ApiError */
  downloadLink(key: string, seconds: number): Promise<Link> {
    return this.#client.json<Link>(`/api/download_presigned/${encodeKey(key)}?expires=${seconds}&download`);
  }

  /** All files in a folder and below. @throws ApiError */
  async filesIn(prefix: Prefix): Promise<FileEntry[]> {
    const query = new URLSearchParams({ prefix, limit: String(PAGE_SIZE), sort: "prefix_path" });
    const files: FileEntry[] = [];
    for (let next: string | undefined = `/api/list?${query}`; next !== undefined; ) {
      const page: EntryPage = await this.page(next);
      files.push(...page.entries.filter((entry) => entry.kind === "file"));
      next = page.next;
    }
    return files;
  }

  /** @returns the keys that could not be deleted. @throws ApiError */
  async delete(keys: readonly string[]): Promise<string[]> {
    const failed: string[] = [];
    for (let start = 0; start < keys.length; start += DELETED_AT_ONCE) {
      const { results } = await this.#client.json<{ results: { key: string; status: number }[] }>("/api/delete", {
        method: "POST",
        json: { keys: keys.slice(start, start + DELETED_AT_ONCE) },
      });
      failed.push(...results.filter(({ status }) => status !== 204).map(({ key }) => key));
    }
    return failed;
  }

  /** @throws ApiError 409 when there is a file at the new key */
  move(from: string, to: string): Promise<void> {
    return this.#copy("/api/move", { from, to });
  }

  /** The newest versions, the present one first. @throws ApiError */
  versions(key: string, signal?: AbortSignal): Promise<readonly FileVersion[]> {
    return this.#client.json(`/api/files/${encodeKey(key)}?versions`, { signal });
  }

  /** The content of a version. @throws ApiError */
  async readVersion(key: string, version: string): Promise<Blob> {
    const query = new URLSearchParams({ version });
    return (await this.#client.send(`/api/files/${encodeKey(key)}?${query}`)).blob();
  }

  /** Makes a version the present one. @throws ApiError */
  restore(key: string, version: string): Promise<void> {
    return this.#copy("/api/restore", { key, version });
  }

  /**
   * Makes the version before the deletion the present one.
   *
   * @returns the version; undefined when it is not kept any more
   * @throws ApiError
   */
  async undelete(key: string): Promise<FileVersion | undefined> {
    const last = (await this.versions(key)).find(({ deleted }) => !deleted);
    if (last) await this.restore(key, last.version);
    return last;
  }

  /** A large file is copied in several requests. */
  async #copy(path: string, body: Readonly<Record<string, string>>): Promise<void> {
    let uploadId: string | undefined;
    do {
      const response = await this.#client.send(path, { method: "POST", json: { ...body, uploadId } });
      const progress = (await response.json()) as UnfinishedCopy;
      uploadId = response.status === 202 ? progress.uploadId : undefined;
    } while (uploadId !== undefined);
  }
}

const toFileEntry = ({ prefix_path, size, date_added, content_type }: FileRecord): FileEntry => ({
  kind: "file",
  key: prefix_path,
  name: nameOf(prefix_path),
  size,
  modified: date_added,
  type: content_type,
});

/** The address in a `Link` header with the relation `next`. */
function nextAddress(link: string | null): string | undefined {
  return /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? "")?.[1];
}
