import type { ServiceName } from "../../services/services.ts";

/** The deployment package of a service. */
export interface Bundle {
  /** Path of the zip file. */
  readonly path: string;
  /** SHA-256 of the zip file in Base64, the format of Lambda's `source_code_hash`. */
  readonly sha256: string;
}

export type Bundles = Readonly<Record<ServiceName, Bundle>>;
