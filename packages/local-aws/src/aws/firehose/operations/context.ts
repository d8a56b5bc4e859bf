import type { DeliveryStreams } from "../delivery-streams.ts";

/** The dependencies of the operations and of the resource type. */
export interface FirehoseContext {
  readonly streams: DeliveryStreams;
}
