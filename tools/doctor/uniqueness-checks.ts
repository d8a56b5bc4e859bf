import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import { type Check, type Finding, fail, ok } from "./finding.ts";

const ISSUER = "token.actions.githubusercontent.com";

/**
 * Checks that the identity provider for GitHub's tokens belongs to the environment or does not exist: an account has
 * at most one per issuer. Returns no check if the stacks create none.
 */
export function identityProviderChecks(account: Account, stacks: SynthesizedStacks): Check[] {
  if (stacks.ofType("aws_iam_openid_connect_provider").length === 0) return [];
  const run = async () => {
    const provider = await account.identityProvider(ISSUER);
    if (!provider) return ok("the account has no identity provider for them yet; the stack delivery creates it");
    if (provider.ours) return ok("the stack delivery manages the identity provider");
    return fail(
      `the account has an identity provider for ${ISSUER} that is not ours`,
      "Import it into the stack delivery with terraform import, or delete it if nobody uses it.",
    );
  };
  return [{ name: "GitHub's tokens", run }];
}

/**
 * Checks that the buckets belong to the account or that their names are available: they are unique across all AWS
 * accounts.
 */
export function bucketNamesCheck(account: Account, stacks: SynthesizedStacks): Check {
  return {
    name: "bucket names",
    run: async () => {
      const names = stacks.ofType("aws_s3_bucket").map(({ attributes }) => String(attributes.bucket));
      const owners = await Promise.all(names.map(async (name) => [name, await account.bucketOwner(name)] as const));
      const taken = owners.flatMap(([name, owner]): Finding[] => {
        const todo =
          "Set a bucketSuffix for the environment in stacks/environment/environments.ts, such as its account ID.";
        if (owner === "other-account")
          return [fail(`${name} belongs to another account, or the credentials lack access to it`, todo)];
        if (owner === "other-region") return [fail(`${name} is in another region`, todo)];
        return [];
      });
      if (taken.length > 0) return taken;
      const ours = owners.filter(([, owner]) => owner === "this-account").length;
      return ok(`${ours} of ${names.length} are ours already, the others are available`);
    },
  };
}
