import type { LogGroupTags } from "../log-group-tags.ts";
import type { LogStore } from "../log-store.ts";

/** The dependencies of the operations. */
export interface LogsContext {
  readonly store: LogStore;
  readonly tags: LogGroupTags;
}
