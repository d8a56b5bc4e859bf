import type { Clock } from "../../runtime/clock.ts";
import type { Blobs } from "./blobs.ts";
import type { Objects } from "./objects.ts";
import type { Notify } from "./outbox.ts";
import type { Reply, S3Request } from "./request.ts";
import type { Store } from "./store.ts";

/** What the operations work with; each names the parts that it needs. */
export interface S3Parts {
  readonly store: Store;
  readonly objects: Objects;
  readonly blobs: Blobs;
  readonly notify: Notify;
  readonly clock: Clock;
  /** 32 random hexadecimal digits. */
  readonly newId: () => string;
}

/** One AWS action. It authorizes its caller before it touches anything. */
export type Operation = (parts: S3Parts, request: S3Request) => Promise<Reply> | Reply;
