/** The result of a run, with the values of `GetCanaryRuns`. */
export type RunOutcome =
  | { readonly state: "PASSED" }
  | { readonly state: "FAILED"; readonly reason: string; readonly reasonCode: "CANARY_FAILURE" | "EXECUTION_FAILURE" };

/** A completed run. Times are milliseconds since the epoch. */
export interface CanaryRun {
  readonly id: string;
  readonly canaryName: string;
  readonly started: number;
  readonly completed: number;
  readonly outcome: RunOutcome;
}
