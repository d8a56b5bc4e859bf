import { CommandError } from "../command-line/errors.ts";
import type { States } from "./state/states.ts";

/**
 * The state bucket contains states of stacks that are no longer part of the environment. Without these states the
 * stacks could not be destroyed.
 */
export class OrphanedStacksError extends CommandError {
  override readonly name = "OrphanedStacksError";
  readonly code = "ORPHANED_STACKS";
}

/** @throws OrphanedStacksError */
export async function refuseOrphanedStacks(
  states: Pick<States, "exists" | "orphanedStacks">,
  environment: string,
): Promise<void> {
  const orphaned = (await states.exists()) ? await states.orphanedStacks() : [];
  if (orphaned.length === 0) return;
  const names = orphaned.map(({ stack }) => stack).join(", ");
  throw new OrphanedStacksError(
    `Refusing to destroy the states of ${names}: these stacks are deployed, but ${environment} does not have them ` +
      `any more. Destroy it with all parts: NV_DEMO_PARTS=all npm run destroy -- ${environment}`,
  );
}
