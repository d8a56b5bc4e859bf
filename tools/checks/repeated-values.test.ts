import { expect, it } from "vitest";
import { AUTHORIZER_CACHE_SECONDS as cacheInPrograms } from "../../lib/users/authorizer-context.ts";
import { CREDENTIALS_BY_USER as indexInPrograms } from "../../lib/users/dynamodb-credential-store.ts";
import { CREDENTIALS_BY_USER as indexInStacks } from "../../stacks/base/user-access.ts";
import { AUTHORIZER_CACHE_SECONDS as cacheInStacks } from "../../stacks/constructs/http-api.ts";

it("has the same time in the programs and in the stacks for which sign-ins are cached", () => {
  expect(cacheInPrograms).toBe(cacheInStacks);
});

it("has the same name in the programs and in the stacks for the index of access keys and sessions", () => {
  expect(indexInPrograms).toBe(indexInStacks);
});
