import { buffer } from "node:stream/consumers";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { BlobStore } from "./blob-store.ts";
import type { Delivery } from "./delivery.ts";
import { noSuchKey, noSuchVersion } from "./errors.ts";
import { type EventName, eventDocument } from "./event.ts";
import type { MetadataStore } from "./metadata-store.ts";
import type { Upload } from "./multipart-upload.ts";
import { notificationTargets, targetsFor } from "./notification-targets.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { Outbox } from "./outbox.ts";
import { childText } from "./xml.ts";

/** MD5 of an empty body: the ETag of delete markers in events. */
const EMPTY_ETAG = "d41d8cd98f00b204e9800998ecf8427e";

/** The source of a change, for its event. */
export interface Requester {
  readonly principalId: string;
  readonly requestId: string;
  readonly traceHeader?: string | undefined;
}

export type NewObject = Pick<
  ObjectVersion,
  "bucket" | "key" | "headers" | "tags" | "etag" | "size" | "blobs" | "checksum"
>;

export interface Deletion {
  /** The ID of the removed version, or of the new delete marker. */
  readonly versionId?: string | undefined;
  readonly deleteMarker: boolean;
}

/** Creates and deletes versions of objects, according to the versioning of the bucket, and sends the events. */
export class Objects {
  readonly #store: MetadataStore;
  readonly #blobs: BlobStore;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor(store: MetadataStore, blobs: BlobStore, outbox: Outbox, clock: Clock, newId: () => string) {
    this.#store = store;
    this.#blobs = blobs;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** The version that a read without a version ID returns. */
  current(bucket: string, key: string): ObjectVersion | undefined {
    const newest = this.#store.versions(bucket, key)[0];
    return newest?.deleteMarker ? undefined : newest;
  }

  /** The current version as a list, for listings; empty when the key is deleted. */
  visible(bucket: string, key: string): ObjectVersion[] {
    const current = this.current(bucket, key);
    return current ? [current] : [];
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#store.versions(bucket, key).find((version) => version.versionId === versionId);
  }

  /** @throws AwsError `NoSuchKey`, `NoSuchVersion`, or `MethodNotAllowed` when the version is a delete marker. */
  find(bucket: string, key: string, versionId?: string): ObjectVersion {
    if (versionId === undefined) {
      const current = this.current(bucket, key);
      if (!current) throw noSuchKey(key);
      return current;
    }
    const version = this.version(bucket, key, versionId);
    if (!version) throw noSuchVersion(key, versionId);
    if (version.deleteMarker) {
      throw new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
        Method: "GET",
        ResourceType: "DeleteMarker",
      });
    }
    return version;
  }

  /** All bytes of a version. @throws AwsError like {@link find}. */
  read(bucket: string, key: string, versionId?: string): Promise<Uint8Array> {
    const { blobs, size } = this.find(bucket, key, versionId);
    return buffer(this.#blobs.read(blobs, 0, size - 1));
  }

  /** Adds a version, its events and the completion of its upload in one commit. */
  create(object: NewObject, event: EventName, requester: Requester, upload?: Upload): ObjectVersion {
    const version = this.#stamp({ ...object, deleteMarker: false });
    this.#add(version, event, requester, upload);
    return version;
  }

  /**
   * Deletes a version permanently. Without a version ID, adds a delete marker if versioning is or was enabled.
   *
   * @param kind of the event: a request of a client, or a lifecycle rule.
   */
  delete(
    bucket: string,
    key: string,
    versionId: string | undefined,
    kind: "ObjectRemoved" | "LifecycleExpiration",
    requester: Requester,
  ): Deletion {
    const versioned = this.#versioning(bucket) !== undefined;
    if (versionId === undefined && versioned) {
      const marker = this.#stamp({
        ...{ bucket, key, headers: {}, tags: {}, blobs: [] },
        ...{ etag: EMPTY_ETAG, size: 0, deleteMarker: true },
      });
      this.#add(marker, `${kind}:DeleteMarkerCreated`, requester);
      return { versionId: marker.versionId, deleteMarker: true };
    }
    const version = this.version(bucket, key, versionId ?? "null");
    if (version) {
      const removal = { ...version, sequence: this.#store.nextSequence() };
      const deliveries = this.#deliveries(removal, `${kind}:Delete`, requester);
      this.#store.commit({ removeVersions: [version], addDeliveries: deliveries });
      this.#finish(deliveries, [version]);
    }
    return versioned
      ? { versionId: versionId ?? "null", deleteMarker: version?.deleteMarker ?? false }
      : { deleteMarker: false };
  }

  #versioning(bucket: string): string | undefined {
    return childText(this.#store.bucket(bucket).configurations.versioning, "Status");
  }

  #stamp(object: Omit<ObjectVersion, "versionId" | "sequence" | "modified">): ObjectVersion {
    return {
      ...object,
      versionId: this.#versioning(object.bucket) === "Enabled" ? this.#newId() : "null",
      sequence: this.#store.nextSequence(),
      modified: this.#clock.now(),
    };
  }

  #add(version: ObjectVersion, event: EventName, requester: Requester, upload?: Upload): void {
    const replaced = version.versionId === "null" && this.version(version.bucket, version.key, "null");
    const unused = upload ? this.#unusedParts(upload, version) : [];
    const removeVersions = replaced ? [replaced] : [];
    const deliveries = this.#deliveries(version, event, requester);
    this.#store.commit({
      addVersions: [version],
      removeVersions,
      addDeliveries: deliveries,
      ...(upload ? { removeUpload: upload } : {}),
    });
    this.#finish(deliveries, [...removeVersions, { blobs: unused }]);
  }

  #unusedParts(upload: Upload, version: ObjectVersion): ObjectVersion["blobs"] {
    const used = new Set(version.blobs.map(({ id }) => id));
    return this.#store.parts(upload.id).flatMap(({ blob }) => (used.has(blob.id) ? [] : [blob]));
  }

  #deliveries(version: ObjectVersion, name: EventName, requester: Requester): Delivery[] {
    const targets = notificationTargets(this.#store.bucket(version.bucket).configurations.notification);
    const time = this.#clock.now();
    return targetsFor(targets, name, version.key).map((target, index) => ({
      id: `${version.sequence}.${index}`,
      targetArn: target.arn,
      event: eventDocument({ name, version, sequence: version.sequence, time, ...requester }, target.id),
      created: time,
      traceHeader: requester.traceHeader,
    }));
  }

  /** After a commit: sends its events and removes unused blobs. If removing fails, the next start removes them. */
  #finish(deliveries: readonly Delivery[], removed: readonly Pick<ObjectVersion, "blobs">[]): void {
    this.#outbox.send(deliveries);
    for (const { blobs } of removed) this.#blobs.remove(blobs).catch(console.error);
  }
}
