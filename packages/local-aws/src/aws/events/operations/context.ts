import type { Rules } from "../rules.ts";

/** The dependencies of the operations. */
export interface EventsContext {
  readonly rules: Rules;
}
