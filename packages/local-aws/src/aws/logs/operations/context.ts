import type { LogGroupTags } from "../log-group-tags.ts";
import type { LogStore } from "../log-store.ts";

/** What the operations work on. */
export interface LogsContext {
  readonly store: LogStore;
  readonly tags: LogGroupTags;
}
