import type { Topics } from "../topics.ts";

/** The dependencies of the operations. */
export interface SnsContext {
  readonly topics: Topics;
}
