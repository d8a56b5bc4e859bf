import { Uppy } from "@uppy/core";
import { isRestrictionError } from "@uppy/core/utils";
import type { ApiClient } from "../api/api-client.ts";
import type { FilesApi } from "../api/files-api.ts";
import type { FileEntry } from "../model/entries.ts";
import { freeKey, nameOf } from "../model/keys.ts";
import { Store } from "../model/store.ts";
import { Conflicts } from "./conflicts.ts";
import { discardUpload, type Transfer } from "./transfer.ts";
import type { UnfinishedUpload, UnfinishedUploads } from "./unfinished.ts";
import { hasEnded, itemOf, type UploadItem } from "./upload-state.ts";
import { type UploadBody, Uploader, type UploadMeta } from "./uploader.ts";

/** A file and where it is uploaded to. */
export interface NewUpload {
  readonly file: File;
  readonly key: string;
}

export interface UploadQueueDependencies {
  readonly transfer: (file: Transfer) => Promise<void>;
  readonly client: Pick<ApiClient, "send">;
  readonly files: Pick<FilesApi, "exists">;
  readonly unfinished: UnfinishedUploads;
  /** Called for each file that has been uploaded. */
  readonly onUploaded: (file: FileEntry) => void;
}

/** The uploads of the page, on top of Uppy. */
export class UploadQueue {
  readonly items = new Store<readonly UploadItem[]>([]);
  readonly conflicts = new Conflicts();
  /** The uploads that were interrupted and that can be continued. */
  readonly interrupted = new Store<readonly UnfinishedUpload[]>([]);
  readonly #uppy: Uppy<UploadMeta, UploadBody>;
  readonly #dependencies: UploadQueueDependencies;

  constructor(dependencies: UploadQueueDependencies) {
    this.#dependencies = dependencies;
    const { transfer, files, unfinished, onUploaded } = dependencies;
    this.#uppy = new Uppy<UploadMeta, UploadBody>({ autoProceed: true, logger: silent }).use(Uploader, {
      transfer,
      onConflict: (key) => this.conflicts.ask(key),
      freeKeyFor: (key) => freeKey(key, (candidate) => files.exists(candidate)),
      onUploadId: ({ meta, data }, uploadId) => {
        if (uploadId === undefined) return unfinished.remove(meta.key);
        if (data instanceof File) unfinished.add({ key: meta.key, uploadId, ...describe(data) });
      },
    });
    this.#uppy.on("state-update", () => this.items.set(this.#uppy.getFiles().map(itemOf)));
    this.#uppy.on("files-added", () => this.findInterrupted());
    this.#uppy.on("upload-success", (file) => {
      if (!file) return;
      const { key } = file.meta;
      onUploaded({
        kind: "file",
        key,
        name: nameOf(key),
        size: file.size ?? 0,
        modified: new Date().toISOString(),
        type: file.type || "application/octet-stream",
      });
    });
    this.#uppy.on("complete", () => {
      if (!this.isBusy) this.conflicts.reset();
    });
  }

  /** Whether leaving the page would interrupt an upload. */
  get isBusy(): boolean {
    return !this.items.value.every(hasEnded);
  }

  add(uploads: readonly NewUpload[]): void {
    for (const { file, key } of uploads) {
      const uploadId = this.#dependencies.unfinished.find(key, file)?.uploadId ?? "";
      this.#removeEnded((item) => item.key === key); // The same file can be uploaded again.
      try {
        this.#uppy.addFile({
          name: file.name,
          type: file.type,
          data: file,
          // Uppy identifies files by their name and this path.
          meta: { key, replaces: false, uploadId, relativePath: key },
        });
      } catch (error) {
        if (!isRestrictionError(error as Error)) throw error; // The file is in the list already.
      }
    }
  }

  /** Finds the uploads that were interrupted, such as by a reload of the page. */
  findInterrupted(): void {
    const known = new Set(this.#uppy.getFiles().map(({ meta }) => meta.key));
    this.interrupted.set(this.#dependencies.unfinished.list().filter(({ key }) => !known.has(key)));
  }

  /** @returns false when it is another file. */
  resume({ key }: UnfinishedUpload, file: File): boolean {
    const isSame = this.#dependencies.unfinished.find(key, file) !== undefined;
    if (isSame) this.add([{ file, key }]);
    return isSame;
  }

  pauseOrResume(id: string): void {
    this.#uppy.pauseResume(id);
  }

  retry(id: string): void {
    void this.#uppy.retryUpload(id);
  }

  /** Stops an upload, or removes one that has ended from the list. */
  remove({ id, key, status }: UploadItem): void {
    const uploadId = this.#uppy.getFile(id)?.meta.uploadId;
    this.#uppy.removeFile(id);
    if (status !== "done" && uploadId) void this.discard(key, uploadId);
  }

  /** Removes what has ended from the list. */
  clear(): void {
    this.#removeEnded(() => true);
  }

  /** Deletes the parts of an upload that is not continued. */
  async discard(key: string, uploadId: string): Promise<void> {
    this.#dependencies.unfinished.remove(key);
    this.findInterrupted();
    // The bucket deletes them by itself after a week.
    await discardUpload(key, uploadId, this.#dependencies.client).catch(() => undefined);
  }

  #removeEnded(matches: (item: UploadItem) => boolean): void {
    const ended = this.items.value.filter((item) => hasEnded(item) && matches(item));
    if (ended.length > 0) this.#uppy.removeFiles(ended.map(({ id }) => id));
  }
}

/** Failures are shown in the list. */
const silent = { debug: () => {}, warn: () => {}, error: () => {} };

const describe = ({ size, lastModified }: File) => ({ size, lastModified });
