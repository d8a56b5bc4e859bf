import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Access } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Blobs } from "./blobs.ts";
import { Lifecycle } from "./lifecycle.ts";
import { Objects } from "./objects.ts";
import { type Notify, Outbox } from "./outbox.ts";
import { s3Service } from "./service.ts";
import { Store } from "./store.ts";

export interface S3Options {
  /** S3's own folder in the data folder. One process at a time. */
  readonly directory: string;
  readonly access: Access;
  /** Delivers an event document to the queue, topic or function of that ARN; rejects when it is not taken. */
  readonly notify: Notify;
  readonly clock: Clock;
  /** 32 random hexadecimal digits, for version ids, upload ids and the names of files. */
  readonly newId?: () => string;
}

/**
 * Amazon S3 on this machine: buckets with versioning, notifications and lifecycle, objects in files. What it acknowledged survives a crash
 * of the process. Every caller must be signed in: policies, lists of access and logging of a bucket are kept for clients to read, not acted on.
 *
 * It answers as soon as it is made; {@link start} lets it act by itself, once the targets of its events can take them.
 */
export class S3 {
  readonly service: AwsService;
  readonly store: Store;
  readonly objects: Objects;
  readonly blobs: Blobs;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly #outbox: Outbox;
  readonly #lifecycle: Lifecycle;

  constructor({ directory, access, notify, clock, newId = () => randomBytes(16).toString("hex") }: S3Options) {
    mkdirSync(directory, { recursive: true });
    this.notify = notify;
    this.clock = clock;
    this.newId = newId;
    this.store = new Store(directory, clock);
    this.blobs = new Blobs(join(directory, "blobs"), newId);
    this.blobs.sweep(this.store.blobIds());
    this.#outbox = new Outbox(this.store, notify, clock);
    this.objects = new Objects(this.store, this.blobs, this.#outbox, clock, newId);
    this.#lifecycle = new Lifecycle(this.store, this.objects, this.blobs, clock, newId);
    this.service = s3Service(this, access);
  }

  /** Delivers the events that wait since the last run, and applies lifecycle rules now and every hour. */
  start(): void {
    this.#outbox.start();
    this.#lifecycle.start();
  }

  /**
   * An object's bytes, for services that read a bucket by themselves (Lambda its packages).
   *
   * @throws AwsError `NoSuchKey`, `NoSuchVersion`.
   */
  read(bucket: string, key: string, versionId?: string): Promise<Uint8Array> {
    const { blobs, size } = this.objects.find(bucket, key, versionId);
    return buffer(this.blobs.read(blobs, 0, size - 1));
  }

  /** Applies the buckets' lifecycle rules now. */
  expire(): void {
    this.#lifecycle.expire();
  }

  close(): void {
    this.#lifecycle.close();
    this.#outbox.close();
    this.store.close();
  }
}
