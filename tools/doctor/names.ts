import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import { type Check, type Finding, fail, ok } from "./finding.ts";

const ISSUER = "token.actions.githubusercontent.com";

/** Whether the trust in GitHub's tokens is ours to make: an account takes each issuer once. None where the stacks make no such trust. */
export function identityProviderChecks(account: Account, stacks: SynthesizedStacks): Check[] {
  if (stacks.ofType("aws_iam_openid_connect_provider").length === 0) return [];
  const run = async () => {
    const provider = await account.identityProvider(ISSUER);
    if (!provider) return ok("the account does not trust it yet; the stack delivery makes that");
    if (provider.ours) return ok("trusted by the stack delivery");
    return fail(
      `the account has an identity provider for ${ISSUER} that is not ours`,
      "Take it in with terraform import in the stack delivery, or delete it where nobody uses it.",
    );
  };
  return [{ name: "GitHub's tokens", run }];
}

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
