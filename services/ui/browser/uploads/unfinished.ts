/** A large upload that was interrupted, for example by a reload of the page. Its parts are still in the bucket. */
export interface UnfinishedUpload {
  readonly user: string;
  readonly key: string;
  readonly uploadId: string;
  readonly size: number;
  /** Milliseconds since the epoch, of the file on the disk. */
  readonly lastModified: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

const NAME = "files-unfinished-uploads";
/** After this time, the bucket deletes the parts. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;

/** The unfinished uploads of a user in this browser. A page cannot open a file again by itself, so it asks for it. */
export class UnfinishedUploads {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #currentUser: () => string;
  readonly #now: () => number;

  constructor(storage: Pick<Storage, "getItem" | "setItem">, currentUser: () => string, now: () => number) {
    this.#storage = storage;
    this.#currentUser = currentUser;
    this.#now = now;
  }

  list(): readonly UnfinishedUpload[] {
    return this.#all().filter(({ user }) => user === this.#currentUser());
  }

  add(upload: Omit<UnfinishedUpload, "user" | "startedAt">): void {
    const others = this.#all().filter(({ uploadId }) => uploadId !== upload.uploadId);
    this.#write([...others, { ...upload, user: this.#currentUser(), startedAt: this.#now() }]);
  }

  remove(key: string): void {
    this.#write(this.#all().filter((upload) => upload.user !== this.#currentUser() || upload.key !== key));
  }

  /** The upload of the same file to the same key. */
  find(key: string, file: { readonly size: number; readonly lastModified: number }): UnfinishedUpload | undefined {
    return this.list().find(
      (upload) => upload.key === key && upload.size === file.size && upload.lastModified === file.lastModified,
    );
  }

  #all(): readonly UnfinishedUpload[] {
    try {
      const uploads = JSON.parse(this.#storage.getItem(NAME) ?? "[]") as readonly UnfinishedUpload[];
      return uploads.filter(({ startedAt }) => this.#now() - startedAt < MAX_AGE_MS);
    } catch {
      return [];
    }
  }

  #write(uploads: readonly UnfinishedUpload[]): void {
    try {
      this.#storage.setItem(NAME, JSON.stringify(uploads));
    } catch {
      // A browser can forbid it. Then an upload cannot be continued after a reload.
    }
  }
}
