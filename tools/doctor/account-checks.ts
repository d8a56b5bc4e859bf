import type { Environment } from "../../stacks/environment/environment.ts";
import type { Account } from "./account.ts";
import { type Check, fail, ok, warn } from "./finding.ts";

/** Checks that the credentials work and belong to the environment's account. */
export function identityCheck(account: Account, { name, accountId }: Environment): Check {
  return {
    name: "credentials",
    run: async () => {
      const identity = await account.identity().catch((error: Error) => error);
      if (identity instanceof Error) {
        return fail(
          identity.message,
          "Sign in (aws sso login, or set AWS_PROFILE) until aws sts get-caller-identity succeeds.",
        );
      }
      const says = `${identity.arn}, account ${identity.account}`;
      if (identity.account === accountId) return ok(says);
      return fail(
        says,
        `${name} is in the account ${accountId}: sign in there, or correct its accountId in stacks/environment/environments.ts.`,
      );
    },
  };
}

/** Checks that the region is enabled and has the environment's availability zones. */
export function regionChecks(account: Account, { region, zones }: Environment): Check[] {
  return [
    {
      name: "region",
      run: async () => {
        const status = await account.regionStatus(region);
        if (status === undefined)
          return fail(`there is no region ${region}`, "Correct region in stacks/environment/environments.ts.");
        if (status !== "not-opted-in") return ok(`${region} (${status})`);
        return fail(`${region} is not enabled`, `aws account enable-region --region-name ${region}`);
      },
    },
    {
      name: "zones",
      run: async () => {
        const existing = await account.zones();
        const missing = zones.filter((zone) => !existing.includes(zone));
        if (missing.length === 0) return ok(zones.join(", "));
        return fail(
          `the account has no ${missing.join(", ")}`,
          `Choose zones in stacks/environment/environments.ts among ${existing.join(", ")}.`,
        );
      },
    },
  ];
}

/**
 * Concurrent executions that Lambda always leaves to functions without a reservation:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const UNRESERVED = 100;
/** The limit of a new account. */
const NEW_ACCOUNT = 10;
const REQUEST_INCREASE =
  "Request an increase: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384";

/** Checks that the account's concurrency limit allows the environment's reservation. */
export function concurrencyCheck(account: Account, { api }: Environment): Check {
  return {
    name: "Lambda concurrency",
    run: async () => {
      const limit = await account.concurrency();
      const says = `the account allows ${limit} concurrent executions`;
      const needed = api.reservedConcurrency === undefined ? 0 : api.reservedConcurrency + UNRESERVED;
      if (limit < needed)
        return fail(`${says}; reserving ${api.reservedConcurrency} requires ${needed}`, REQUEST_INCREASE);
      if (limit <= NEW_ACCOUNT) return warn(`${says}, the limit of a new account`, REQUEST_INCREASE);
      return ok(says);
    },
  };
}
