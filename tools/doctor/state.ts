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

/** A stack that the environment has no more, and whose resources are still there. */
export interface LeftBehind {
  readonly stack: string;
  readonly resources: number;
}

/** What the checks ask of the states. */
export interface States {
  readonly bucket: string;
  exists(): Promise<boolean>;
  locks(): Promise<readonly HeldLock[]>;
  leftBehind(): Promise<readonly LeftBehind[]>;
}

/** Whether the state bucket is there, nobody holds a lock, and nothing costs money that the environment has no more. */
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
    {
      name: "stacks left behind",
      run: async () => {
        if (!(await states.exists())) return ok("none, because there is no state");
        const stacks = await states.leftBehind();
        if (stacks.length === 0) return ok("none");
        return stacks.map(
          ({ stack, resources }): Finding =>
            warn(
              `${stack} is not in the environment any more, and ${resources} of its resources are still there`,
              `NV_DEMO_ENVIRONMENT=${environment} NV_DEMO_PARTS=all npx cdktf-cli destroy ${stack} --ignore-missing-stack-dependencies`,
            ),
        );
      },
    },
  ];
}
