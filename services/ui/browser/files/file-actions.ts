import { messageOf } from "../api/api-error.ts";
import type { FilesApi } from "../api/files-api.ts";
import type { Change } from "../model/changes.ts";
import type { Entry, FileEntry } from "../model/entries.ts";
import { countOf } from "../model/format.ts";
import { inParallel } from "../model/in-parallel.ts";
import { nameOf } from "../model/keys.ts";
import type { Notices } from "../model/notices.ts";
import { download, store } from "./download.ts";
import type { Listing } from "./listing.ts";

/** Requests that restore files at the same time. */
const RESTORED_AT_ONCE = 6;

export interface FileActionDependencies {
  readonly files: Pick<FilesApi, "link" | "readVersion" | "keysIn" | "delete" | "undelete" | "move" | "restore">;
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
      for (const entry of entries) if (entry.kind === "file") await download(entry, files);
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
      const inFolders = entries.map((entry) => (entry.kind === "folder" ? files.keysIn(entry.key) : [entry.key]));
      const keys = (await Promise.all(inFolders)).flat();
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

  /** @throws ApiError, for the form that asked for the new key */
  async move(file: FileEntry, to: string): Promise<void> {
    const { files, notices, now } = this.#dependencies;
    await files.move(file.key, to);
    const moved = { ...file, key: to, name: nameOf(to), modified: new Date(now()).toISOString() };
    this.#change([
      { kind: "removed", key: file.key, at: now() },
      { kind: "added", file: moved, at: now() },
    ]);
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

  /** @param known those whose rows were in the list */
  async #undelete(keys: readonly string[], known: readonly FileEntry[]): Promise<void> {
    const { files, notices, now } = this.#dependencies;
    const restored: FileEntry[] = [];
    await this.#report(async () => {
      await inParallel(keys, RESTORED_AT_ONCE, async (key) => {
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

const nameOrCount = (keys: readonly string[]): string =>
  keys.length === 1 ? nameOf(keys[0] ?? "") : countOf(keys.length, "file");
