import type { Environment } from "../../stacks/environment/environment.ts";
import type { Account } from "./account.ts";
import { type Check, fail, ok, warn } from "./finding.ts";

/** Whether the credentials are there, are of the right account, and the region is one that it may use. */
export function identityCheck(account: Account, { name, accountId }: Environment): Check {
  return {
    name: "credentials",
    run: async () => {
      const identity = await account.identity().catch((error: Error) => error);
      if (identity instanceof Error) {
        return fail(
          identity.message,
          "Sign in (aws sso login, or AWS_PROFILE), so that aws sts get-caller-identity answers.",
        );
      }
      const says = `${identity.arn}, account ${identity.account}`;
      if (identity.account === accountId) return ok(says);
      return fail(
        says,
        `${name} is in the account ${accountId}: sign in there, or correct its accountId in stacks/environments.ts.`,
      );
    },
  };
}

export function regionChecks(account: Account, { region, zones }: Environment): Check[] {
  return [
    {
      name: "region",
      run: async () => {
        const status = await account.regionStatus(region);
        if (status === undefined)
          return fail(`there is no region ${region}`, "Correct region in stacks/environments.ts.");
        if (status !== "not-opted-in") return ok(`${region} (${status})`);
        return fail(`${region} is not enabled`, `aws account enable-region --region-name ${region}`);
      },
    },
    {
      name: "zones",
      run: async () => {
        const known = await account.zones();
        const missing = zones.filter((zone) => !known.includes(zone));
        if (missing.length === 0) return ok(zones.join(", "));
        return fail(
          `the account has no ${missing.join(", ")}`,
          `Choose zones in stacks/environments.ts among ${known.join(", ")}.`,
        );
      },
    },
  ];
}

/** Lambda keeps so many for functions that reserve none: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const UNRESERVED = 100;
const NEW_ACCOUNT = 10;
const MORE_CONCURRENCY =
  "Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384";

export function concurrencyCheck(account: Account, { api }: Environment): Check {
  return {
    name: "Lambda concurrency",
    run: async () => {
      const limit = await account.concurrency();
      const says = `${limit} functions may run at the same time`;
      const wanted = api.reservedConcurrency === undefined ? 0 : api.reservedConcurrency + UNRESERVED;
      if (limit < wanted)
        return fail(`${says}, and ${wanted} are needed to reserve ${api.reservedConcurrency}`, MORE_CONCURRENCY);
      if (limit <= NEW_ACCOUNT) return warn(`${says}, as in every new account`, MORE_CONCURRENCY);
      return ok(says);
    },
  };
}
