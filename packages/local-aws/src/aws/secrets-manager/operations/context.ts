import type { Clock } from "../../../runtime/clock.ts";
import type { RandomInteger, SecretStore } from "../secret-store.ts";

/** What the operations work on. */
export interface SecretsManagerContext {
  readonly store: SecretStore;
  readonly clock: Clock;
  readonly random: RandomInteger;
}
