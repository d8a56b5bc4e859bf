import type { Clock } from "../../../runtime/clock.ts";
import type { RandomInteger } from "../random-integer.ts";
import type { SecretStore } from "../secret-store.ts";

/** The dependencies of the operations and of the Terraform resources. */
export interface SecretsManagerContext {
  readonly store: SecretStore;
  readonly clock: Clock;
  readonly random: RandomInteger;
}
