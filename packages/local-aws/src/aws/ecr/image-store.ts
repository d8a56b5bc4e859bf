import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../images/digest.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";

/** An image whose manifest was pushed. */
export interface StoredImage {
  readonly repository: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
  /** Milliseconds since the epoch. */
  readonly pushedAt: number;
}

/**
 * The images of all repositories: blobs (layers, configurations and manifests) by digest, and the tags of each
 * manifest.
 */
export class ImageStore {
  readonly #directory: string;
  readonly #images: Journal<StoredImage>;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(join(directory, "blobs"), { recursive: true });
    // Incomplete uploads of a run that was killed.
    rmSync(join(directory, "uploads"), { recursive: true, force: true });
    mkdirSync(join(directory, "uploads"));
    this.#images = new Journal(join(directory, "images.jsonl"));
  }

  /** @returns the ID of the upload. */
  beginUpload(): string {
    const id = randomUUID();
    writeFileSync(this.#uploadPath(id), "");
    return id;
  }

  /** @throws AwsError `UploadNotFoundException`. */
  appendPart(id: string, part: Uint8Array): void {
    this.#requireUpload(id);
    appendFileSync(this.#uploadPath(id), part);
  }

  /**
   * @returns the digest of the layer.
   * @throws AwsError `UploadNotFoundException`, or `InvalidLayerException` when the digest is not the expected one.
   */
  completeUpload(id: string, expected: string): string {
    this.#requireUpload(id);
    const digest = digestOf(readFileSync(this.#uploadPath(id)));
    if (digest !== expected) {
      throw new AwsError("InvalidLayerException", `The digest of the layer is ${digest}, not ${expected}.`);
    }
    renameSync(this.#uploadPath(id), this.#blobPath(digest));
    return digest;
  }

  hasBlob(digest: string): boolean {
    return isDigest(digest) && existsSync(this.#blobPath(digest));
  }

  readBlob(digest: string): Uint8Array {
    return readFileSync(this.#blobPath(digest));
  }

  /** Stores a manifest. A tag is moved to it from the image of the repository that has the tag now. */
  put(repository: string, manifest: string, mediaType: string, tag: string | undefined, pushedAt: number): StoredImage {
    const digest = digestOf(manifest);
    writeFileSync(this.#blobPath(digest), manifest);
    if (tag !== undefined) this.#untag(repository, tag);
    const existing = this.#images.get(key(repository, digest));
    const tags = [...new Set([...(existing?.tags ?? []), ...(tag === undefined ? [] : [tag])])];
    const image = { repository, digest, mediaType, tags, pushedAt: existing?.pushedAt ?? pushedAt };
    this.#images.set(key(repository, digest), image);
    return image;
  }

  find(
    repository: string,
    id: { readonly tag?: string | undefined; readonly digest?: string | undefined },
  ): StoredImage | undefined {
    return this.list(repository).find(({ digest, tags }) =>
      id.digest === undefined ? id.tag !== undefined && tags.includes(id.tag) : digest === id.digest,
    );
  }

  list(repository: string): StoredImage[] {
    return this.#images.values().filter((image) => image.repository === repository);
  }

  /** Removes the image from its repository; its blobs remain, because other images may share them. */
  delete({ repository, digest }: StoredImage): void {
    this.#images.delete(key(repository, digest));
  }

  close(): void {
    this.#images.close();
  }

  #untag(repository: string, tag: string): void {
    const image = this.find(repository, { tag });
    if (!image) return;
    const tags = image.tags.filter((other) => other !== tag);
    this.#images.set(key(repository, image.digest), { ...image, tags });
  }

  #requireUpload(id: string): void {
    if (!/^[\w-]+$/.test(id) || !existsSync(this.#uploadPath(id))) {
      throw new AwsError("UploadNotFoundException", `The upload '${id}' does not exist.`);
    }
  }

  #uploadPath(id: string): string {
    return join(this.#directory, "uploads", id);
  }

  #blobPath(digest: string): string {
    return join(this.#directory, "blobs", digest.replace("sha256:", ""));
  }
}

const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
const key = (repository: string, digest: string): string => `${repository}@${digest}`;
