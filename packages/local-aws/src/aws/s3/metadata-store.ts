import { join } from "node:path";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Entry, Journal } from "../../runtime/journal.ts";
import type { BucketRecord, ConfigurationName } from "./bucket-record.ts";
import type { Delivery } from "./delivery.ts";
import { noSuchBucket, noSuchUpload } from "./errors.ts";
import type { Part, Upload } from "./multipart-upload.ts";
import { compareKeys } from "./names.ts";
import type { ObjectVersion } from "./object-version.ts";
import { SortedKeys } from "./sorted-keys.ts";
import type { XmlDocument } from "./xml.ts";

type Row = BucketRecord | ObjectVersion | Upload | Part | Delivery | number;

/** The changes of one commit, which is atomic. */
export interface Changes {
  readonly addVersions?: readonly ObjectVersion[];
  readonly removeVersions?: readonly ObjectVersion[];
  readonly removeUpload?: Upload;
  readonly addDeliveries?: readonly Delivery[];
}

interface BucketContent {
  record: BucketRecord;
  /** Versions of each key, newest first. */
  readonly versions: Map<string, ObjectVersion[]>;
  readonly keys: SortedKeys;
}

/**
 * Everything except the bytes of objects: buckets, versions, uploads, and events that are not delivered yet. Reads are
 * served from memory; each change is in the journal before it is visible. All methods are synchronous, so a check
 * followed by a commit is atomic.
 */
export class MetadataStore {
  readonly #journal: Journal<Row>;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, BucketContent>();
  readonly #uploads = new Map<string, { readonly upload: Upload; readonly parts: Map<number, Part> }>();
  readonly #deliveries = new Map<string, Delivery>();
  #sequence = 0;

  constructor(directory: string, clock: Clock) {
    this.#clock = clock;
    this.#journal = new Journal(join(directory, "index.jsonl"));
    this.#load();
  }

  /** A number greater than all earlier ones, including those of earlier runs. Becomes durable with the next commit. */
  nextSequence(): number {
    this.#sequence = Math.max(this.#sequence + 1, this.#clock.now() * 1000);
    return this.#sequence;
  }

  buckets(): BucketRecord[] {
    return [...this.#buckets.values()].map(({ record }) => record).sort((a, b) => compareKeys(a.name, b.name));
  }

  hasBucket(name: string): boolean {
    return this.#buckets.has(name);
  }

  bucket(name: string): BucketRecord {
    return this.#content(name).record;
  }

  createBucket(name: string, configurations: BucketRecord["configurations"]): void {
    const record = { name, created: this.#clock.now(), configurations };
    this.#journal.set(`bucket ${name}`, record);
    this.#buckets.set(name, { record, versions: new Map(), keys: new SortedKeys() });
  }

  /**
   * Deletes the bucket and its uploads in progress.
   *
   * @returns the parts of the uploads, whose blobs the caller removes.
   * @throws AwsError `BucketNotEmpty` while there is any version or delete marker.
   */
  deleteBucket(name: string): Part[] {
    if (this.#content(name).versions.size > 0) {
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, { BucketName: name });
    }
    const uploads = this.uploads(name);
    const parts = uploads.flatMap(({ id }) => this.parts(id));
    this.#journal.commit([[`bucket ${name}`, null], ...uploads.flatMap(({ id }) => this.#uploadEntries(id))]);
    this.#buckets.delete(name);
    for (const { id } of uploads) this.#uploads.delete(id);
    return parts;
  }

  /** Sets a configuration, or removes it when `document` is undefined. */
  configure(name: string, configuration: ConfigurationName, document: XmlDocument | undefined): void {
    const content = this.#content(name);
    const { [configuration]: _, ...others } = content.record.configurations;
    const configurations = document === undefined ? others : { ...others, [configuration]: document };
    content.record = { ...content.record, configurations };
    this.#journal.set(`bucket ${name}`, content.record);
  }

  /** Versions of a key, newest first. */
  versions(bucket: string, key: string): readonly ObjectVersion[] {
    return this.#content(bucket).versions.get(key) ?? [];
  }

  keys(bucket: string): SortedKeys {
    return this.#content(bucket).keys;
  }

  /** Commits the changes atomically. The caller removes the blobs of removed versions and uploads. */
  commit({ addVersions = [], removeVersions = [], removeUpload, addDeliveries = [] }: Changes): void {
    this.#journal.commit([
      ["sequence", this.#sequence],
      ...removeVersions.map((version): Entry<Row> => [`version ${version.sequence}`, null]),
      ...addVersions.map((version): Entry<Row> => [`version ${version.sequence}`, version]),
      ...(removeUpload ? this.#uploadEntries(removeUpload.id) : []),
      ...addDeliveries.map((delivery): Entry<Row> => [`delivery ${delivery.id}`, delivery]),
    ]);
    for (const version of removeVersions) this.#unindex(version);
    for (const version of addVersions) this.#index(version);
    if (removeUpload) this.#uploads.delete(removeUpload.id);
    for (const delivery of addDeliveries) this.#deliveries.set(delivery.id, delivery);
  }

  /** Replaces a version by one with different tags, in place and without an event. */
  replaceVersion(version: ObjectVersion): void {
    this.#journal.set(`version ${version.sequence}`, version);
    const versions = this.#content(version.bucket).versions.get(version.key) ?? [];
    const index = versions.findIndex(({ sequence }) => sequence === version.sequence);
    if (index >= 0) versions[index] = version;
  }

  uploads(bucket: string): Upload[] {
    return [...this.#uploads.values()].map(({ upload }) => upload).filter((upload) => upload.bucket === bucket);
  }

  /** @throws AwsError `NoSuchUpload` when it belongs to another key, or is completed or aborted. */
  upload(id: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(id)?.upload;
    if (upload?.bucket !== bucket || upload.key !== key) throw noSuchUpload(id);
    return upload;
  }

  /** The parts, sorted by number. */
  parts(uploadId: string): Part[] {
    return [...(this.#uploads.get(uploadId)?.parts.values() ?? [])].sort((a, b) => a.number - b.number);
  }

  startUpload(upload: Upload): void {
    this.#journal.set(`upload ${upload.id}`, upload);
    this.#uploads.set(upload.id, { upload, parts: new Map() });
  }

  /** Adds a part, and returns the part of the same number that it replaces. */
  putPart(part: Part): Part | undefined {
    const parts = this.#uploads.get(part.uploadId)?.parts;
    if (!parts) throw noSuchUpload(part.uploadId);
    const replaced = parts.get(part.number);
    this.#journal.set(`part ${part.uploadId} ${part.number}`, part);
    parts.set(part.number, part);
    return replaced;
  }

  deliveries(): Delivery[] {
    return [...this.#deliveries.values()];
  }

  removeDelivery(id: string): void {
    this.#journal.delete(`delivery ${id}`);
    this.#deliveries.delete(id);
  }

  /** IDs of all blobs to which a version or a part refers. */
  blobIds(): Set<string> {
    const versions = [...this.#buckets.values()].flatMap((content) => [...content.versions.values()].flat());
    const parts = [...this.#uploads.values()].flatMap((upload) => [...upload.parts.values()]);
    return new Set([...versions.flatMap(({ blobs }) => blobs), ...parts.map(({ blob }) => blob)].map(({ id }) => id));
  }

  close(): void {
    this.#journal.close();
  }

  #content(name: string): BucketContent {
    const content = this.#buckets.get(name);
    if (!content) throw noSuchBucket(name);
    return content;
  }

  #uploadEntries(id: string): Entry<Row>[] {
    return [[`upload ${id}`, null], ...this.parts(id).map(({ number }): Entry<Row> => [`part ${id} ${number}`, null])];
  }

  #index(version: ObjectVersion): void {
    const { versions, keys } = this.#content(version.bucket);
    const ofKey = versions.get(version.key);
    if (ofKey) ofKey.unshift(version);
    else versions.set(version.key, [version]);
    keys.add(version.key);
  }

  #unindex({ bucket, key, sequence }: ObjectVersion): void {
    const { versions, keys } = this.#content(bucket);
    const remaining = (versions.get(key) ?? []).filter((version) => version.sequence !== sequence);
    if (remaining.length > 0) versions.set(key, remaining);
    else {
      versions.delete(key);
      keys.remove(key);
    }
  }

  #load(): void {
    const rows = this.#journal.entries();
    const rowsOf = <T extends Row>(kind: string) =>
      rows.filter(([key]) => key.startsWith(`${kind} `)).map(([, row]) => row as T);
    this.#sequence = (this.#journal.get("sequence") as number | undefined) ?? 0;
    const versions = Map.groupBy(rowsOf<ObjectVersion>("version"), ({ bucket }) => bucket);
    for (const record of rowsOf<BucketRecord>("bucket")) {
      const ofKeys = Map.groupBy(versions.get(record.name) ?? [], ({ key }) => key);
      for (const ofKey of ofKeys.values()) ofKey.sort((a, b) => b.sequence - a.sequence);
      this.#buckets.set(record.name, { record, versions: ofKeys, keys: new SortedKeys(ofKeys.keys()) });
    }
    for (const upload of rowsOf<Upload>("upload")) this.#uploads.set(upload.id, { upload, parts: new Map() });
    for (const part of rowsOf<Part>("part")) this.#uploads.get(part.uploadId)?.parts.set(part.number, part);
    for (const delivery of rowsOf<Delivery>("delivery")) this.#deliveries.set(delivery.id, delivery);
  }
}
