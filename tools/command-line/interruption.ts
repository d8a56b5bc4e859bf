import { constants } from "node:os";
import { CommandError } from "./errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The command was interrupted before its work was done. It exits with 128 and the number of the signal. */
export class InterruptedError extends CommandError {
  override readonly name = "InterruptedError";
  readonly code = "INTERRUPTED";
  readonly exitCode: number;

  constructor(signal: (typeof SIGNALS)[number]) {
    super("Interrupted.");
    this.exitCode = 128 + constants.signals[signal];
  }
}

let controller: AbortController | undefined;

/**
 * Aborted, with an {@link InterruptedError} as its reason, by SIGINT, SIGTERM or SIGHUP, or when the launcher has
 * terminated. The first call listens to the signals, which until then end the process: call it before anything is
 * started that must be stopped.
 */
export function interruption(): AbortSignal {
  if (controller) return controller.signal;
  const created = new AbortController();
  controller = created;
  for (const signal of SIGNALS) process.on(signal, () => created.abort(new InterruptedError(signal)));
  process.on("disconnect", () => created.abort(new InterruptedError("SIGHUP")));
  process.channel?.unref?.();
  return created.signal;
}

/** Ends the work as a signal would: for Ctrl-C in a terminal that sends it as a key. */
export function interrupt(): void {
  interruption();
  controller?.abort(new InterruptedError("SIGINT"));
}

/** Whether the command was interrupted, without listening to the signals. */
export function isInterrupted(): boolean {
  return controller?.signal.aborted === true;
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
