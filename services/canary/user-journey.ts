import type { Clock } from "../../lib/time/clock.ts";
import type { ApiClient } from "./api-client.ts";

export const steps = ["list", "upload", "listed", "download", "delete", "gone"] as const;
export type Step = (typeof steps)[number];

/** A step failed; the cause is the error. */
export class StepFailedError extends Error {
  override readonly name = "StepFailedError";
  readonly code = "StepFailed";
  readonly step: Step;

  constructor(step: Step, cause: unknown) {
    super(`The step "${step}" failed: ${cause instanceof Error ? cause.message : typeof cause}`, { cause });
    this.step = step;
  }
}

export interface UserJourneyDependencies {
  readonly api: Pick<ApiClient, "list" | "upload" | "download" | "delete">;
  readonly clock: Clock;
  /** Called between two requests for the list. */
  readonly pause: () => Promise<void>;
  /** Part of the key of the file, so that concurrent runs use different files. */
  readonly id: string;
}

/** Time limit until the list shows a change, which takes the event of S3, the queue and the update. */
const LIST_TIMEOUT_MS = 60_000;

/**
 * Performs the actions of a user. The file is deleted even when a step fails.
 *
 * @returns the duration of each step in milliseconds
 * @throws StepFailedError
 */
export async function runUserJourney({
  api,
  clock,
  pause,
  id,
}: UserJourneyDependencies): Promise<Record<Step, number>> {
  const key = `canary/${id}.txt`;
  const content = `canary ${id}`;

  const waitUntilListed = async (expected: boolean): Promise<void> => {
    const deadline = clock.now() + LIST_TIMEOUT_MS;
    while ((await api.list(key)).includes(key) !== expected) {
      if (clock.now() >= deadline) throw new Error(`The list did not change within ${LIST_TIMEOUT_MS} ms`);
      await pause();
    }
  };
  const download = async (): Promise<void> => {
    if ((await api.download(key)) !== content) throw new Error("The downloaded content differs from the uploaded one");
  };
  const actions: Readonly<Record<Step, () => Promise<unknown>>> = {
    list: () => api.list(""),
    upload: () => api.upload(key, content),
    listed: () => waitUntilListed(true),
    download,
    delete: () => api.delete(key),
    gone: () => waitUntilListed(false),
  };

  const times: Partial<Record<Step, number>> = {};
  for (const step of steps) {
    const started = clock.now();
    try {
      await actions[step]();
    } catch (cause) {
      // An error of the cleanup must not replace the error of the step.
      await api.delete(key).catch(() => {});
      throw new StepFailedError(step, cause);
    }
    times[step] = clock.now() - started;
  }
  return times as Record<Step, number>;
}
