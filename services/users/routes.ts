/** The operation behind a route. */
export type Operation =
  | "get-me"
  | "change-my-password"
  | "create-session"
  | "end-session"
  | "list-users"
  | "add-user"
  | "get-user"
  | "change-user"
  | "remove-user"
  | "set-password"
  | "list-keys"
  | "add-key"
  | "revoke-key";

export interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** In the syntax of API Gateway. */
  readonly path: `/${string}`;
  /** API Gateway invokes the authorizer for every route. */
  readonly authorization: "user";
  /** In the form of `AccessRule` in `lib/users/access.ts`. This file has no imports, because stacks import it. */
  readonly access: "signed-in" | "administrator";
  readonly operation: Operation;
}

/**
 * The routes of users, sessions and access keys: the `frontend` stack creates the routes of API Gateway from them, and
 * the function dispatches by them. Without the parameter `{user}`, a route concerns the caller.
 */
export const routes: readonly Route[] = [
  route("GET", "/api/me", "signed-in", "get-me"),
  route("PUT", "/api/me/password", "signed-in", "change-my-password"),
  route("POST", "/api/session", "signed-in", "create-session"),
  route("DELETE", "/api/session", "signed-in", "end-session"),
  route("GET", "/api/keys", "signed-in", "list-keys"),
  route("POST", "/api/keys", "signed-in", "add-key"),
  route("DELETE", "/api/keys/{id}", "signed-in", "revoke-key"),
  route("GET", "/api/users", "administrator", "list-users"),
  route("POST", "/api/users", "administrator", "add-user"),
  route("GET", "/api/users/{user}", "administrator", "get-user"),
  route("PATCH", "/api/users/{user}", "administrator", "change-user"),
  route("DELETE", "/api/users/{user}", "administrator", "remove-user"),
  route("PUT", "/api/users/{user}/password", "administrator", "set-password"),
  route("GET", "/api/users/{user}/keys", "administrator", "list-keys"),
  route("POST", "/api/users/{user}/keys", "administrator", "add-key"),
  route("DELETE", "/api/users/{user}/keys/{id}", "administrator", "revoke-key"),
].flatMap(withHead);

/** API Gateway's key of a route, such as `GET /api/me`, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;

function route(method: Route["method"], path: Route["path"], access: Route["access"], operation: Operation): Route {
  return { method, path, authorization: "user", access, operation };
}

/** Whatever has `GET` has `HEAD` (RFC 9110, section 9.1), which would otherwise be that of a file. */
function withHead(defined: Route): readonly Route[] {
  return defined.method === "GET" ? [defined, { ...defined, method: "HEAD" }] : [defined];
}
