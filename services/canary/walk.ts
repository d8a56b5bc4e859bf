import type { Clock } from "../../lib/time/clock.ts";
import type { ApiClient } from "./api-client.ts";

export const steps = ["list", "upload", "listed", "download", "delete", "gone"] as const;
export type Step = (typeof steps)[number];

/** The step at which the API failed; its cause says how. */
export class StepFailedError extends Error {
  override readonly name = "StepFailedError";
  readonly code = "StepFailed";
  readonly step: Step;

  constructor(step: Step, cause: unknown) {
    super(`The step "${step}" failed: ${cause instanceof Error ? cause.message : typeof cause}`, { cause });
    this.step = step;
  }
}

export interface WalkDependencies {
  readonly api: Pick<ApiClient, "list" | "upload" | "download" | "delete">;
  readonly clock: Clock;
  /** Between two looks at a list. */
  readonly pause: () => Promise<void>;
  /** Names this walk's file, so that two walks do not meet. */
  readonly id: string;
}

/** How long the list may take to show a change: S3's event, the queue and the update, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Does what a user does, and leaves nothing behind, also when a step fails.
 *
 * @returns the milliseconds each step took
 * @throws StepFailedError
 */
export async function walk({ api, clock, pause, id }: WalkDependencies): Promise<Record<Step, number>> {
  const key = `canary/${id}.txt`;
  const content = `canary ${id}`;

  const listedIs = async (expected: boolean): Promise<void> => {
    const giveUpAt = clock.now() + PATIENCE_MS;
    while ((await api.list(key)).includes(key) !== expected) {
      if (clock.now() >= giveUpAt) throw new Error(`The list did not change within ${PATIENCE_MS} ms`);
      await pause();
    }
  };
  const download = async (): Promise<void> => {
    if ((await api.download(key)) !== content) throw new Error("The file is not what was uploaded");
  };
  const actions: Readonly<Record<Step, () => Promise<unknown>>> = {
    list: () => api.list(""),
    upload: () => api.upload(key, content),
    listed: () => listedIs(true),
    download,
    delete: () => api.delete(key),
    gone: () => listedIs(false),
  };

  const times: Partial<Record<Step, number>> = {};
  for (const step of steps) {
    const started = clock.now();
    try {
      await actions[step]();
    } catch (cause) {
      // The first failure is the one to tell; this only tidies up after it.
      await api.delete(key).catch(() => {});
      throw new StepFailedError(step, cause);
    }
    times[step] = clock.now() - started;
  }
  return times as Record<Step, number>;
}
