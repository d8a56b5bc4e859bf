import type { Canaries } from "../canaries.ts";

/** The dependencies of the operations. */
export interface SyntheticsContext {
  readonly canaries: Canaries;
}
