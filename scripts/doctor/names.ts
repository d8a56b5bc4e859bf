import type { SynthesizedStacks } from "../synthesized/stacks.ts";
import type { Account } from "./account.ts";
import { type Check, type Finding, fail, ok } from "./finding.ts";

/** Whether the names of the buckets are ours to take: they are unique across all AWS accounts. */
export function bucketNamesCheck(account: Account, stacks: SynthesizedStacks): Check {
  return {
    name: "bucket names",
    run: async () => {
      const names = stacks.ofType("aws_s3_bucket").map(({ attributes }) => String(attributes.bucket));
      const owners = await Promise.all(names.map(async (name) => [name, await account.bucketOwner(name)] as const));
      const taken = owners.flatMap(([name, owner]): Finding[] => {
        const todo = "Give the environment a bucketSuffix in stacks/environments.ts, such as its account's number.";
        if (owner === "other-account") return [fail(`${name} belongs to another account, or you may not see it`, todo)];
        if (owner === "other-region") return [fail(`${name} is in another region`, todo)];
        return [];
      });
      if (taken.length > 0) return taken;
      const ours = owners.filter(([, owner]) => owner === "us").length;
      return ok(`${ours} of ${names.length} are ours already, the others are free`);
    },
  };
}
