import type { Clock } from "../../runtime/clock.ts";
import type { BlobStore } from "./blob-store.ts";
import {
  appliesTo,
  isAbandoned,
  isExpired,
  isNoncurrentExpired,
  type LifecycleRule,
  lifecycleRules,
} from "./lifecycle-rules.ts";
import type { MetadataStore } from "./metadata-store.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { Objects } from "./objects.ts";

/**
 * S3 applies rules once a day. The local AWS applies them hourly, because a developer's machine may be asleep at
 * midnight.
 */
const INTERVAL_MS = 60 * 60 * 1000;

/** Applies the lifecycle configurations of all buckets, and sends the events. */
export class Lifecycle {
  readonly #store: MetadataStore;
  readonly #objects: Objects;
  readonly #blobs: BlobStore;
  readonly #clock: Clock;
  readonly #newId: () => string;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: MetadataStore, objects: Objects, blobs: BlobStore, clock: Clock, newId: () => string) {
    this.#store = store;
    this.#objects = objects;
    this.#blobs = blobs;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Applies the rules now and every hour. */
  start(): void {
    this.applyRules();
    this.#timer = setInterval(() => this.applyRules(), INTERVAL_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Applies the rules of every bucket now. */
  applyRules(): void {
    for (const { name, configurations } of this.#store.buckets()) {
      const rules = lifecycleRules(configurations.lifecycle);
      if (rules.length === 0) continue;
      this.#abortUploads(name, rules);
      const keys = this.#store.keys(name);
      // Iterates backwards, because removing a key moves the keys after it.
      for (let index = keys.length - 1; index >= 0; index--) this.#expireKey(name, keys.at(index) ?? "", rules);
    }
  }

  #abortUploads(bucket: string, rules: readonly LifecycleRule[]): void {
    const now = this.#clock.now();
    for (const upload of this.#store.uploads(bucket)) {
      if (!rules.some((rule) => isAbandoned(rule, upload, now))) continue;
      const parts = this.#store.parts(upload.id);
      this.#store.commit({ removeUpload: upload });
      this.#blobs.remove(parts.map(({ blob }) => blob)).catch(console.error);
    }
  }

  #expireKey(bucket: string, key: string, rules: readonly LifecycleRule[]): void {
    const now = this.#clock.now();
    const [current, ...noncurrent] = this.#store.versions(bucket, key);
    if (!current) return;
    for (const [index, version] of noncurrent.entries()) {
      const since = (index === 0 ? current : noncurrent[index - 1])?.modified ?? now;
      const expired = (rule: LifecycleRule) => appliesTo(rule, version) && isNoncurrentExpired(rule, since, index, now);
      if (rules.some(expired)) this.#delete(version, version.versionId);
    }
    if (current.deleteMarker) this.#expireMarker(current, rules, now);
    else if (rules.some((rule) => appliesTo(rule, current) && isExpired(rule, current, now))) {
      this.#delete(current, undefined);
    }
  }

  /** Removes a delete marker without older versions when a rule requires it, or when the marker itself has expired. */
  #expireMarker(marker: ObjectVersion, rules: readonly LifecycleRule[], now: number): void {
    if (this.#store.versions(marker.bucket, marker.key).length > 1) return;
    const expired = (rule: LifecycleRule) =>
      marker.key.startsWith(rule.prefix) &&
      rule.tags.length === 0 &&
      (rule.expiredObjectDeleteMarker || isExpired(rule, marker, now));
    if (rules.some(expired)) this.#delete(marker, marker.versionId);
  }

  #delete({ bucket, key }: ObjectVersion, versionId: string | undefined): void {
    this.#objects.delete(bucket, key, versionId, "LifecycleExpiration", {
      principalId: "s3.amazonaws.com",
      requestId: this.#newId(),
    });
  }
}
