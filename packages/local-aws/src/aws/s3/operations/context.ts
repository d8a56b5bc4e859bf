import type { Clock } from "../../../runtime/clock.ts";
import type { BlobStore } from "../blob-store.ts";
import type { MetadataStore } from "../metadata-store.ts";
import type { Objects } from "../objects.ts";
import type { Notify } from "../outbox.ts";
import type { S3Request, S3Response } from "../request.ts";

/** The state and the dependencies of the operations and the Terraform resources. */
export interface S3Context {
  readonly store: MetadataStore;
  readonly objects: Objects;
  readonly blobs: BlobStore;
  readonly notify: Notify;
  readonly clock: Clock;
  /** Returns 32 random hexadecimal digits. */
  readonly newId: () => string;
}

/** One AWS action. It authorizes the caller before it reads or changes anything. */
export type Operation = (context: S3Context, request: S3Request) => Promise<S3Response> | S3Response;
