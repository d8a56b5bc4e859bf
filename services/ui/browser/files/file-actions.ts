import { ApiError, messageOf } from "../api/api-error.ts";
import type { FilesApi } from "../api/files-api.ts";
import type { Change } from "../model/changes.ts";
import type { Entry, FileEntry, FolderEntry } from "../model/entries.ts";
import { countOf } from "../model/format.ts";
import { inParallel } from "../model/in-parallel.ts";
import { nameOf, type Prefix } from "../model/keys.ts";
import type { Notices } from "../model/notices.ts";
import { download, store } from "./download.ts";
import type { Listing } from "./listing.ts";

/** Requests that move or restore files at the same time. */
const CHANGED_AT_ONCE = 6;

export interface FileActionDependencies {
  readonly files: Pick<
    FilesApi,
    "downloadLink" | "readVersion" | "filesIn" | "delete" | "undelete" | "move" | "restore"
  >;
  readonly listing: Pick<Listing, "change">;
  readonly notices: Pick<Notices, "good" | "bad">;
  readonly now: () => number;
}

/** What one can do with files, with its outcome in the list and in a notice. */
export class FileActions {
  readonly #dependencies: FileActionDependencies;

  constructor(dependencies: FileActionDependencies) {
    this.#dependencies = dependencies;
  }

  async download(entries: readonly Entry[]): Promise<void> {
    const { files } = this.#dependencies;
    await this.#report(async () => {
      for (const entry of entries) if (entry.kind === "file") await download(entry.key, files);
    });
  }

  /** Downloads a version into memory first: the API makes links to the newest version only. */
  async downloadVersion({ key, name }: FileEntry, version: string): Promise<void> {
    const { files } = this.#dependencies;
    await this.#report(async () => store(await files.readVersion(key, version), name));
  }

  /** Deletes files and folders. It can be undone, because the bucket keeps the versions. */
  async delete(entries: readonly Entry[]): Promise<void> {
    const { files, notices, now } = this.#dependencies;
    await this.#report(async () => {
      const inFolders = entries.map((entry) => (entry.kind === "folder" ? files.filesIn(entry.key) : [entry]));
      const keys = (await Promise.all(inFolders)).flat().map(({ key }) => key);
      const failed = new Set(await files.delete(keys));
      const deleted = keys.filter((key) => !failed.has(key));
      const gone = entries.filter(({ key }) => !keys.some((other) => other.startsWith(key) && failed.has(other)));
      this.#change(gone.map(({ key }) => ({ kind: "removed", key, at: now() })));
      if (failed.size > 0) notices.bad(`${countOf(failed.size, "file")} could not be deleted. Try again.`);
      if (deleted.length === 0) return;
      const known = entries.filter((entry): entry is FileEntry => entry.kind === "file");
      notices.good(`Deleted ${nameOrCount(deleted)}.`, {
        label: "Undo",
        run: () => void this.#undelete(deleted, known),
      });
    });
  }

  /**
   * Moves a file, or all files of a folder. Files of a folder whose new key is taken remain where they are.
   *
   * @throws ApiError, for the form that asked for the new key
   */
  async move(entry: Entry, to: string): Promise<void> {
    if (entry.kind === "folder") return this.#moveFolder(entry, to);
    const { files, notices } = this.#dependencies;
    await files.move(entry.key, to);
    this.#changeMoved([{ file: entry, to }]);
    notices.good(`Moved to ${to}.`);
  }

  async restore(file: FileEntry, version: string, size: number): Promise<void> {
    const { files, notices, now } = this.#dependencies;
    await this.#report(async () => {
      await files.restore(file.key, version);
      const modified = new Date(now()).toISOString();
      this.#change([{ kind: "added", file: { ...file, size, modified }, at: now() }]);
      notices.good(`Restored ${file.name}.`);
    });
  }

  async #moveFolder(folder: FolderEntry, to: Prefix): Promise<void> {
    const { files, notices } = this.#dependencies;
    const moved: Moved[] = [];
    let taken = 0;
    try {
      await inParallel(await files.filesIn(folder.key), CHANGED_AT_ONCE, async (file) => {
        const target = to + file.key.slice(folder.key.length);
        if (await isTaken(files.move(file.key, target))) taken += 1;
        else moved.push({ file, to: target });
      });
    } finally {
      this.#changeMoved(moved);
      if (moved.length > 0) notices.good(`Moved ${countOf(moved.length, "file")} to ${to}.`);
      if (taken > 0)
        notices.bad(`${countOf(taken, "file")} remained, because the folder ${to} has files of these names.`);
    }
    if (taken === 0) this.#change([{ kind: "removed", key: folder.key, at: this.#dependencies.now() }]);
  }

  #changeMoved(moved: readonly Moved[]): void {
    const at = this.#dependencies.now();
    const modified = new Date(at).toISOString();
    const changes = moved.flatMap(({ file, to }): Change[] => [
      { kind: "removed", key: file.key, at },
      { kind: "added", file: { ...file, key: to, name: nameOf(to), modified }, at },
    ]);
    this.#change(changes);
  }

  /** @param known those whose rows were in the list */
  async #undelete(keys: readonly string[], known: readonly FileEntry[]): Promise<void> {
    const { files, notices, now } = this.#dependencies;
    const restored: FileEntry[] = [];
    await this.#report(async () => {
      await inParallel(keys, CHANGED_AT_ONCE, async (key) => {
        const version = await files.undelete(key);
        if (!version) return;
        const type = known.find((file) => file.key === key)?.type ?? "application/octet-stream";
        const modified = new Date(now()).toISOString();
        restored.push({ kind: "file", key, name: nameOf(key), size: version.size ?? 0, modified, type });
      });
      const missing = keys.length - restored.length;
      if (missing > 0) notices.bad(`${countOf(missing, "file")} could not be restored.`);
      if (restored.length > 0) notices.good(`Restored ${nameOrCount(restored.map(({ key }) => key))}.`);
    });
    this.#change(restored.map((file) => ({ kind: "added", file, at: now() })));
  }

  #change(changes: readonly Change[]): void {
    this.#dependencies.listing.change(...changes);
  }

  async #report(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#dependencies.notices.bad(messageOf(error));
    }
  }
}

interface Moved {
  readonly file: FileEntry;
  readonly to: string;
}

/** Whether a file could not be moved because there is another one with the new key. */
async function isTaken(move: Promise<void>): Promise<boolean> {
  try {
    await move;
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return true;
    throw error;
  }
}

const nameOrCount = (keys: readonly string[]): string =>
  keys.length === 1 ? nameOf(keys[0] ?? "") : countOf(keys.length, "file");
