import { AUTHORIZER_CACHE_SECONDS } from "../../lib/users/authorizer-context.ts";

/** How long a caller keeps access that was taken away, or waits for what was given. */
export const TAKES_EFFECT = `It takes effect within ${AUTHORIZER_CACHE_SECONDS} seconds, for which API Gateway caches sign-ins.`;
