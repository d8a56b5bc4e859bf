import type { States } from "../deploy/state/states.ts";
import { type Check, type Finding, ok, warn } from "./finding.ts";

/** Checks that the state bucket exists, that no state is locked, and that no stack is orphaned. */
export function stateChecks(states: States, environment: string): Check[] {
  return [
    {
      name: "state bucket",
      run: async () =>
        (await states.exists())
          ? ok(states.bucket)
          : warn(
              `${states.bucket} does not exist yet`,
              `Create it with npm run bootstrap -- ${environment}; the first deployment also creates it.`,
            ),
    },
    {
      name: "state locks",
      run: async () => {
        if (!(await states.exists())) return ok("none, because there is no state");
        const locks = await states.locks();
        if (locks.length === 0) return ok("none");
        return locks.map(
          ({ stack, who, operation, since, id }): Finding =>
            warn(
              `${stack} is locked by ${who} since ${since} (${operation})`,
              `If that operation has ended: npm run state -- ${environment} unlock ${stack} ${id}`,
            ),
        );
      },
    },
    {
      name: "orphaned stacks",
      run: async () => {
        if (!(await states.exists())) return ok("none, because there is no state");
        const stacks = await states.orphanedStacks();
        if (stacks.length === 0) return ok("none");
        return stacks.map(
          ({ stack, resources }): Finding =>
            warn(
              `${stack} is no longer part of the environment but still has ${resources} resources`,
              `NV_DEMO_ENVIRONMENT=${environment} NV_DEMO_PARTS=all npx cdktf-cli destroy ${stack} --ignore-missing-stack-dependencies`,
            ),
        );
      },
    },
  ];
}
