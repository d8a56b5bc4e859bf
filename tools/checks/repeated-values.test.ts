import { expect, it } from "vitest";
import { AUTHORIZER_CACHE_SECONDS as cacheInPrograms } from "../../lib/users/authorizer-context.ts";
import { AUTHORIZER_CACHE_SECONDS as cacheInStacks } from "../../stacks/constructs/http-api.ts";

it("has the same time in the programs and in the stacks for which sign-ins are cached", () => {
  expect(cacheInPrograms).toBe(cacheInStacks);
});
