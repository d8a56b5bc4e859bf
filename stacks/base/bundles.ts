import type { ServiceName } from "../../services/services.ts";

/** A service's zip, as the stacks need to know it. */
export interface Bundle {
  /** The zip file. */
  readonly path: string;
  /** SHA-256 of the zip in base64, the form of Lambda's `source_code_hash`. */
  readonly sha256: string;
}

export type Bundles = Readonly<Record<ServiceName, Bundle>>;
