import type { Clock } from "../../../runtime/clock.ts";
import type { LogGroupTags } from "../log-group-tags.ts";
import type { LogStore } from "../log-store.ts";
import type { SubscribedFunctions } from "../subscribed-functions.ts";
import type { SubscribedStreams } from "../subscribed-streams.ts";
import type { SubscriptionFilters } from "../subscription-filters.ts";

/** The dependencies of the operations and of the resource types. */
export interface LogsContext {
  readonly store: LogStore;
  readonly tags: LogGroupTags;
  readonly filters: SubscriptionFilters;
  readonly functions: SubscribedFunctions;
  readonly streams: SubscribedStreams;
  readonly clock: Clock;
}
