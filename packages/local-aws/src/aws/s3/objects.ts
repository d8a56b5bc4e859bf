import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Blobs } from "./blobs.ts";
import { noSuchKey, noSuchVersion } from "./errors.ts";
import { type EventName, eventDocument } from "./event.ts";
import type { Delivery, ObjectVersion, Upload } from "./model.ts";
import { notificationTargets, targetsFor } from "./notification.ts";
import type { Outbox } from "./outbox.ts";
import type { Store } from "./store.ts";
import { text } from "./xml.ts";

/** MD5 of nothing: S3 gives it to delete markers in events. */
const EMPTY_ETAG = "d41d8cd98f00b204e9800998ecf8427e";

/** Who or what makes a change, for the event that tells of it. */
export interface Cause {
  readonly principalId: string;
  readonly requestId: string;
}

export type NewObject = Pick<
  ObjectVersion,
  "bucket" | "key" | "headers" | "tags" | "etag" | "size" | "blobs" | "checksum"
>;

export interface Deletion {
  /** Of the version that was removed, or of the delete marker that was made. */
  readonly versionId?: string | undefined;
  readonly deleteMarker: boolean;
}

/** Versions of objects: what a bucket's versioning makes of each write and deletion, with the events that these cause. */
export class Objects {
  readonly #store: Store;
  readonly #blobs: Blobs;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor(store: Store, blobs: Blobs, outbox: Outbox, clock: Clock, newId: () => string) {
    this.#store = store;
    this.#blobs = blobs;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** What a plain read of the key finds. */
  current(bucket: string, key: string): ObjectVersion | undefined {
    const newest = this.#store.versions(bucket, key)[0];
    return newest?.deleteMarker ? undefined : newest;
  }

  /** The current version as a list, for listings: none when the key is deleted. */
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

  /** Makes the object visible, as one with its event and with the end of the upload that it comes from. */
  create(object: NewObject, event: EventName, cause: Cause, upload?: Upload): ObjectVersion {
    const version = this.#stamp({ ...object, deleteMarker: false });
    this.#add(version, event, cause, upload);
    return version;
  }

  /**
   * Deletes as S3 does: a named version for good; without one, by a delete marker when the bucket is or was versioned.
   *
   * @param kind whose doing it is: a client's, or the lifecycle's.
   */
  delete(
    bucket: string,
    key: string,
    versionId: string | undefined,
    kind: "ObjectRemoved" | "LifecycleExpiration",
    cause: Cause,
  ): Deletion {
    const versioned = this.#versioning(bucket) !== undefined;
    if (versionId === undefined && versioned) {
      const marker = this.#stamp({
        ...{ bucket, key, headers: {}, tags: {}, blobs: [] },
        ...{ etag: EMPTY_ETAG, size: 0, deleteMarker: true },
      });
      this.#add(marker, `${kind}:DeleteMarkerCreated`, cause);
      return { versionId: marker.versionId, deleteMarker: true };
    }
    const version = this.version(bucket, key, versionId ?? "null");
    if (version) {
      const removal = { ...version, sequence: this.#store.nextSequence() };
      const deliveries = this.#deliveries(removal, `${kind}:Delete`, cause);
      this.#store.commit({ removeVersions: [version], addDeliveries: deliveries });
      this.#settle(deliveries, [version]);
    }
    return versioned
      ? { versionId: versionId ?? "null", deleteMarker: version?.deleteMarker ?? false }
      : { deleteMarker: false };
  }

  #versioning(bucket: string): string | undefined {
    return text(this.#store.bucket(bucket).configurations.versioning, "Status");
  }

  #stamp(object: Omit<ObjectVersion, "versionId" | "sequence" | "modified">): ObjectVersion {
    return {
      ...object,
      versionId: this.#versioning(object.bucket) === "Enabled" ? this.#newId() : "null",
      sequence: this.#store.nextSequence(),
      modified: this.#clock.now(),
    };
  }

  #add(version: ObjectVersion, event: EventName, cause: Cause, upload?: Upload): void {
    const replaced = version.versionId === "null" && this.version(version.bucket, version.key, "null");
    const unused = upload ? this.#unusedParts(upload, version) : [];
    const removeVersions = replaced ? [replaced] : [];
    const deliveries = this.#deliveries(version, event, cause);
    this.#store.commit({
      addVersions: [version],
      removeVersions,
      addDeliveries: deliveries,
      ...(upload ? { removeUpload: upload } : {}),
    });
    this.#settle(deliveries, [...removeVersions, { blobs: unused }]);
  }

  #unusedParts(upload: Upload, version: ObjectVersion): ObjectVersion["blobs"] {
    const used = new Set(version.blobs.map(({ id }) => id));
    return this.#store.parts(upload.id).flatMap(({ blob }) => (used.has(blob.id) ? [] : [blob]));
  }

  #deliveries(version: ObjectVersion, name: EventName, cause: Cause): Delivery[] {
    const targets = notificationTargets(this.#store.bucket(version.bucket).configurations.notification);
    const time = this.#clock.now();
    return targetsFor(targets, name, version.key).map((target, index) => ({
      id: `${version.sequence}.${index}`,
      targetArn: target.arn,
      event: eventDocument({ name, version, sequence: version.sequence, time, ...cause }, target.id),
      created: time,
    }));
  }

  /** After a commit: sends its events, and lets go of bytes that nobody needs any longer (if that fails, the next start sweeps them). */
  #settle(deliveries: readonly Delivery[], gone: readonly Pick<ObjectVersion, "blobs">[]): void {
    this.#outbox.send(deliveries);
    for (const { blobs } of gone) this.#blobs.remove(blobs).catch(console.error);
  }
}
