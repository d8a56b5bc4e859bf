import type { Clock } from "../../../runtime/clock.ts";
import type { Repositories } from "../repositories.ts";

/** The dependencies of the operations. */
export interface EcrContext {
  readonly repositories: Repositories;
  readonly clock: Clock;
}
