import type { OperationHandler } from "../operation.ts";
import { unauthenticated } from "../unauthenticated.ts";

/**
 * `GET /sign_in`: has a browser prompt for the user and the password, which it then sends with every request, because
 * the path is at the root (RFC 7617, section 2.2). With valid credentials it redirects to the list.
 */
export const signIn =
  (): OperationHandler =>
  async ({ principal }) => {
    if (!principal) throw unauthenticated();
    return { statusCode: 303, headers: { location: "/", "cache-control": "no-store" } };
  };
