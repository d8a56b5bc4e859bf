import type { Catalog } from "../catalog.ts";

/** The dependencies of the operations and of the resource types. */
export interface GlueContext {
  readonly catalog: Catalog;
}
