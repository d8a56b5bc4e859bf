import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Access } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import { BlobStore } from "./blob-store.ts";
import { Lifecycle } from "./lifecycle.ts";
import { MetadataStore } from "./metadata-store.ts";
import { bucketEncryption } from "./object-headers.ts";
import { Objects } from "./objects.ts";
import type { S3Context } from "./operations/context.ts";
import { type Notify, Outbox } from "./outbox.ts";
import { s3Service } from "./rest-service.ts";
import { storageSamples } from "./storage-metrics.ts";
import { s3Terraform } from "./terraform/index.ts";
import { unsignedBody } from "./verified-body.ts";

export interface S3Options {
  /** The folder of S3. Only one process may use it at a time. */
  readonly directory: string;
  readonly access: Access;
  /** Delivers an event to the queue, topic or function with that ARN; rejects when it is not accepted. */
  readonly notify: Notify;
  readonly clock: Clock;
  /** Returns 32 random hexadecimal digits, for version IDs, upload IDs and file names. */
  readonly newId?: () => string;
}

/** An object in a list. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * S3 with versioning, notifications and lifecycle rules. Objects are stored in files. Acknowledged writes survive a
 * crash of the process. Every request must be signed. Bucket policies, ACLs and logging are stored for clients to read,
 * but have no effect.
 *
 * Requests are served immediately; {@link start} also starts the delivery of events and the lifecycle rules.
 */
export class S3 {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly store: MetadataStore;
  readonly #objects: Objects;
  readonly #blobs: BlobStore;
  readonly #newId: () => string;
  readonly #outbox: Outbox;
  readonly #lifecycle: Lifecycle;

  constructor({ directory, access, notify, clock, newId = () => randomBytes(16).toString("hex") }: S3Options) {
    mkdirSync(directory, { recursive: true });
    this.store = new MetadataStore(directory, clock);
    const blobs = new BlobStore(join(directory, "blobs"), newId);
    blobs.sweep(this.store.blobIds());
    this.#blobs = blobs;
    this.#newId = newId;
    this.#outbox = new Outbox(this.store, notify, clock);
    this.#objects = new Objects(this.store, blobs, this.#outbox, clock, newId);
    this.#lifecycle = new Lifecycle(this.store, this.#objects, blobs, clock, newId);
    const context: S3Context = { store: this.store, objects: this.#objects, blobs, notify, clock, newId };
    this.service = s3Service(context, access);
    this.terraform = s3Terraform(context);
  }

  /** Values for the metrics of the storage. Reads all objects. */
  samples(): Sample[] {
    return storageSamples(this.store);
  }

  /** Delivers events, and applies lifecycle rules now and every hour. Call when the targets of events are ready. */
  start(): void {
    this.#outbox.start();
    this.#lifecycle.start();
  }

  /**
   * The bytes of an object, for services that read buckets, such as Lambda for its deployment packages.
   *
   * @throws AwsError `NoSuchKey`, `NoSuchVersion`.
   */
  read(bucket: string, key: string, versionId?: string): Promise<Uint8Array> {
    return this.#objects.read(bucket, key, versionId);
  }

  /**
   * The current objects whose keys begin with the prefix, in key order, for services that read buckets.
   *
   * @throws AwsError `NoSuchBucket`.
   */
  list(bucket: string, prefix: string): StoredObject[] {
    const keys = this.store.keys(bucket);
    const found: StoredObject[] = [];
    let index = keys.indexFrom(prefix);
    for (let key = keys.at(index); key?.startsWith(prefix); key = keys.at(++index)) {
      const version = this.#objects.current(bucket, key);
      if (version) found.push({ key, size: version.size });
    }
    return found;
  }

  /**
   * Writes an object, for services that deliver to buckets.
   *
   * @throws AwsError `NoSuchBucket`.
   */
  async write(bucket: string, key: string, content: Uint8Array, contentType: string): Promise<void> {
    const record = this.store.bucket(bucket);
    const body = unsignedBody(Readable.from(content.length > 0 ? [Buffer.from(content)] : []));
    const blob = await this.#blobs.write(body);
    this.#objects.create(
      {
        ...{ bucket, key, tags: {}, headers: { "content-type": contentType, ...bucketEncryption(record) } },
        ...{ etag: body.digests.md5, size: blob.size, blobs: [blob] },
      },
      "ObjectCreated:Put",
      { principalId: "AWS:service", requestId: this.#newId() },
    );
  }

  /** Applies the lifecycle rules of all buckets now. */
  applyLifecycleRules(): void {
    this.#lifecycle.applyRules();
  }

  close(): void {
    this.#lifecycle.close();
    this.#outbox.close();
    this.store.close();
  }
}
