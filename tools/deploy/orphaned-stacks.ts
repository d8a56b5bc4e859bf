import type { States } from "../doctor/state-checks.ts";

/** The state bucket holds states of stacks that the environment has no more: without them nobody could destroy those. */
export class StacksLeftBehindError extends Error {
  override readonly name = "StacksLeftBehindError";
  readonly code = "STACKS_LEFT_BEHIND";
}

/** @throws StacksLeftBehindError */
export async function refuseStacksLeftBehind(
  states: Pick<States, "exists" | "orphanedStacks">,
  environment: string,
): Promise<void> {
  const left = (await states.exists()) ? await states.orphanedStacks() : [];
  if (left.length === 0) return;
  const names = left.map(({ stack }) => stack).join(", ");
  throw new StacksLeftBehindError(
    `${names} would stay, and lose the state: a part of ${environment} that was deployed is not in its data any more. With all parts everything goes: NV_DEMO_PARTS=all npm run destroy -- ${environment}`,
  );
}
