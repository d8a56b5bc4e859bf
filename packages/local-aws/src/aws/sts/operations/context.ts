import type { Clock } from "../../../runtime/clock.ts";
import type { AccessControl } from "../../iam/access-control.ts";

/** The dependencies of the operations. */
export interface StsContext {
  readonly clock: Clock;
  readonly credentialsFor: AccessControl["credentialsFor"];
}
