import type { DbInstances } from "../db-instances.ts";

/** The dependencies of the operations. */
export interface RdsContext {
  readonly instances: DbInstances;
}
