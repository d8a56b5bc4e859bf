import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";

/** A manifest that was pushed: https://github.com/opencontainers/image-spec/blob/main/manifest.md */
export interface StoredImage {
  readonly repository: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
  /** Milliseconds since the epoch. */
  readonly pushedAt: number;
}

/** The images of all repositories: blobs by their digest, manifests among them, and which tag names which. */
export class ImageStore {
  readonly #directory: string;
  readonly #images: Journal<StoredImage>;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(join(directory, "blobs"), { recursive: true });
    rmSync(join(directory, "uploads"), { recursive: true, force: true }); // what a killed run left half-way
    mkdirSync(join(directory, "uploads"));
    this.#images = new Journal(join(directory, "images.jsonl"));
  }

  beginUpload(): string {
    const id = randomUUID();
    writeFileSync(this.#upload(id), "");
    return id;
  }

  /** @throws AwsError `UploadNotFoundException`. */
  appendPart(id: string, part: Uint8Array): void {
    this.#requireUpload(id);
    appendFileSync(this.#upload(id), part);
  }

  /** @returns the digest. @throws AwsError `InvalidLayerException` when it is not the expected one. */
  completeUpload(id: string, expected: string): string {
    this.#requireUpload(id);
    const digest = digestOf(readFileSync(this.#upload(id)));
    if (digest !== expected) {
      throw new AwsError("InvalidLayerException", `The layer's digest is ${digest}, and not ${expected}.`);
    }
    renameSync(this.#upload(id), this.#blob(digest));
    return digest;
  }

  hasBlob(digest: string): boolean {
    return isDigest(digest) && existsSync(this.#blob(digest));
  }

  blob(digest: string): Uint8Array {
    return readFileSync(this.#blob(digest));
  }

  put(repository: string, manifest: string, mediaType: string, tag: string | undefined, pushedAt: number): StoredImage {
    const digest = digestOf(manifest);
    writeFileSync(this.#blob(digest), manifest);
    if (tag !== undefined) this.#untag(repository, tag);
    const known = this.#images.get(key(repository, digest));
    const tags = [...new Set([...(known?.tags ?? []), ...(tag === undefined ? [] : [tag])])];
    const image = { repository, digest, mediaType, tags, pushedAt: known?.pushedAt ?? pushedAt };
    this.#images.set(key(repository, digest), image);
    return image;
  }

  find(repository: string, id: { readonly tag?: string | undefined; readonly digest?: string | undefined }) {
    return this.of(repository).find(({ digest, tags }) =>
      id.digest === undefined ? id.tag !== undefined && tags.includes(id.tag) : digest === id.digest,
    );
  }

  of(repository: string): StoredImage[] {
    return this.#images.values().filter((image) => image.repository === repository);
  }

  delete({ repository, digest }: StoredImage): void {
    this.#images.delete(key(repository, digest));
  }

  close(): void {
    this.#images.close();
  }

  #untag(repository: string, tag: string): void {
    const image = this.find(repository, { tag });
    if (!image) return;
    const tags = image.tags.filter((one) => one !== tag);
    this.#images.set(key(repository, image.digest), { ...image, tags });
  }

  #requireUpload(id: string): void {
    if (!/^[\w-]+$/.test(id) || !existsSync(this.#upload(id))) {
      throw new AwsError("UploadNotFoundException", `There is no upload ${id}.`);
    }
  }

  #upload(id: string): string {
    return join(this.#directory, "uploads", id);
  }

  #blob(digest: string): string {
    return join(this.#directory, "blobs", digest.replace("sha256:", ""));
  }
}

const digestOf = (content: string | Uint8Array): string =>
  `sha256:${createHash("sha256").update(content).digest("hex")}`;
const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
const key = (repository: string, digest: string): string => `${repository}@${digest}`;
