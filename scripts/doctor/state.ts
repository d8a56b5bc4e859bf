import { type Check, type Finding, ok, warn } from "./finding.ts";

/** Who holds the lock of a stack's state. */
export interface HeldLock {
  readonly stack: string;
  readonly who: string;
  readonly operation: string;
  /** ISO 8601. */
  readonly since: string;
  readonly id: string;
}

/** What the checks ask of the states. */
export interface States {
  readonly bucket: string;
  exists(): Promise<boolean>;
  locks(): Promise<readonly HeldLock[]>;
}

/** Whether the state bucket is there, and nobody holds a lock. */
export function stateChecks(states: States, environment: string): Check[] {
  return [
    {
      name: "state bucket",
      run: async () =>
        (await states.exists())
          ? ok(states.bucket)
          : warn(
              `${states.bucket} is not there yet`,
              `npm run bootstrap -- ${environment} makes it, and so does the first deployment.`,
            ),
    },
    {
      name: "state locks",
      run: async () => {
        if (!(await states.exists())) return ok("none, because there is no state");
        const locks = await states.locks();
        if (locks.length === 0) return ok("nobody holds one");
        return locks.map(
          ({ stack, who, operation, since, id }): Finding =>
            warn(
              `${stack} is locked by ${who} since ${since} (${operation})`,
              `If that has ended: npm run state -- ${environment} unlock ${stack} ${id}`,
            ),
        );
      },
    },
  ];
}
