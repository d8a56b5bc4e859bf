import type { Clock } from "../../../runtime/clock.ts";
import type { TraceStore } from "../trace-store.ts";

/** The dependencies of the operations. */
export interface XRayContext {
  readonly traces: TraceStore;
  readonly clock: Clock;
}
