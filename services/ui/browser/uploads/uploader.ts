import { BasePlugin, type Uppy } from "@uppy/core";
import { filterFilesToEmitUploadStarted, filterFilesToUpload, TaskQueue, type UppyFile } from "@uppy/core/utils";
import { messageOf } from "../api/api-error.ts";
import { isConflict, type Transfer } from "./transfer.ts";

/** What the upload of a file needs to know. */
export interface UploadMeta {
  readonly key: string;
  readonly replaces: boolean;
  /** The multipart upload that is continued; empty for a new one. */
  readonly uploadId: string;
  readonly [name: string]: unknown;
}

export type UploadBody = Record<string, never>;
export type Upload = UppyFile<UploadMeta, UploadBody>;
type UploadUppy = Uppy<UploadMeta, UploadBody>;

/** What happens to a file when there is one with its name. */
export type Resolution = "replace" | "keep-both" | "skip";

export interface UploaderOptions {
  readonly id?: string;
  readonly transfer: (file: Transfer) => Promise<void>;
  readonly onConflict: (key: string) => Promise<Resolution>;
  readonly freeKeyFor: (key: string) => Promise<string>;
  /** Receives what is needed to continue an upload in parts; undefined when it has ended. */
  readonly onUploadId: (upload: Upload, uploadId: string | undefined) => void;
}

/** Files that are sent at the same time. */
const CONCURRENT_FILES = 3;

/**
 * The uploader of Uppy for this API. The one of `@uppy/aws-s3` cannot be used: it sends its requests to Companion
 * without an `Authorization` header and a file that is not sent in parts by POST, which has no conditions.
 */
export class Uploader extends BasePlugin<UploaderOptions, UploadMeta, UploadBody> {
  readonly #queue = new TaskQueue({ concurrency: CONCURRENT_FILES });
  readonly #running = new Map<string, AbortController>();
  /** Paused files: what continues or ends them. */
  readonly #waiting = new Map<string, () => void>();

  constructor(uppy: UploadUppy, options: UploaderOptions) {
    super(uppy, options);
    this.id = options.id ?? "Uploader";
    this.type = "uploader";
  }

  override install(): void {
    const { capabilities } = this.uppy.getState();
    this.uppy.setState({ capabilities: { ...capabilities, resumableUploads: true } });
    this.uppy.addUploader(this.#upload);
    this.uppy.on("upload-pause", (file, isPaused) => {
      if (!file) return;
      if (isPaused) this.#running.get(file.id)?.abort();
      else this.#waiting.get(file.id)?.();
    });
    this.uppy.on("file-removed", ({ id }) => {
      this.#running.get(id)?.abort();
      this.#waiting.get(id)?.();
    });
  }

  readonly #upload = async (ids: string[]): Promise<void> => {
    const files = filterFilesToUpload(this.uppy.getFilesByIds(ids)) as Upload[];
    this.uppy.emit("upload-start", filterFilesToEmitUploadStarted(files) as Upload[]);
    await Promise.allSettled(files.map(({ id }) => this.#uploadFile(id)));
  };

  /** Until the file has been sent, has failed, or was removed. A paused file leaves its place to others. */
  async #uploadFile(id: string): Promise<void> {
    while (this.#find(id)) {
      await this.#untilResumed(id);
      const isDone = await this.#queue.add(() => this.#attempt(id));
      if (isDone) return;
    }
  }

  #untilResumed(id: string): Promise<void> | undefined {
    if (!this.#find(id)?.isPaused) return undefined;
    return new Promise((resolve) => {
      this.#waiting.set(id, () => {
        this.#waiting.delete(id);
        resolve();
      });
    });
  }

  /** @returns false when the file was paused, or is sent once more in another way. */
  async #attempt(id: string): Promise<boolean> {
    const file = this.#find(id);
    if (!file?.data || file.isPaused) return !file;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      await this.opts.transfer(this.#transferOf(file, controller.signal));
      this.uppy.emit("upload-success", this.#find(id), { status: 200 });
      return true;
    } catch (error) {
      const current = this.#find(id);
      if (!current) return true;
      if (controller.signal.aborted) return false;
      if (isConflict(error)) return await this.#resolveConflict(current);
      this.uppy.emit("upload-error", current, new Error(messageOf(error)));
      return true;
    } finally {
      this.#running.delete(id);
    }
  }

  #transferOf({ id, data, type, meta }: Upload, signal: AbortSignal): Transfer {
    return {
      key: meta.key,
      data: data as Blob,
      type: type || "application/octet-stream",
      replaces: meta.replaces,
      uploadId: meta.uploadId || undefined,
      signal,
      onUploadId: (uploadId) => {
        const file = this.#find(id);
        if (!file) return;
        this.#setMeta(file, { uploadId: uploadId ?? "" });
        this.opts.onUploadId(file, uploadId);
      },
      onProgress: (bytesUploaded) => {
        const file = this.#find(id);
        const uploadStarted = file?.progress.uploadStarted ?? Date.now();
        const bytesTotal = file?.size ?? 0;
        if (file) this.uppy.emit("upload-progress", file, { uploadStarted, bytesUploaded, bytesTotal });
      },
    };
  }

  /** @returns whether nothing is sent any more */
  async #resolveConflict(file: Upload): Promise<boolean> {
    const { key } = file.meta;
    const resolution = await this.opts.onConflict(key);
    if (resolution === "skip") this.uppy.removeFile(file.id);
    if (resolution === "replace") this.#setMeta(file, { replaces: true });
    if (resolution === "keep-both") this.#setMeta(file, { key: await this.opts.freeKeyFor(key) });
    return resolution === "skip";
  }

  #setMeta({ id, meta }: Upload, changes: Partial<UploadMeta>): void {
    this.uppy.setFileMeta(id, { ...meta, ...changes });
  }

  /** The current state of a file; undefined when it was removed. */
  #find(id: string): Upload | undefined {
    return this.uppy.getFile(id) as Upload | undefined;
  }
}
