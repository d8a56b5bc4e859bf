import type { AccessRule } from "../../lib/users/access.ts";

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
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** In the syntax of API Gateway. */
  readonly path: `/${string}`;
  readonly access: AccessRule;
  readonly operation: Operation;
}

/**
 * The routes of users, sessions and access keys: the `frontend` stack creates the routes of API Gateway from them, and
 * the function dispatches by them. Without the parameter `{user}`, a route concerns the caller.
 */
export const routes: readonly Route[] = [
  { method: "GET", path: "/api/me", access: "signed-in", operation: "get-me" },
  { method: "PUT", path: "/api/me/password", access: "signed-in", operation: "change-my-password" },
  { method: "POST", path: "/api/session", access: "signed-in", operation: "create-session" },
  { method: "DELETE", path: "/api/session", access: "signed-in", operation: "end-session" },
  { method: "GET", path: "/api/keys", access: "signed-in", operation: "list-keys" },
  { method: "POST", path: "/api/keys", access: "signed-in", operation: "add-key" },
  { method: "DELETE", path: "/api/keys/{id}", access: "signed-in", operation: "revoke-key" },
  { method: "GET", path: "/api/users", access: "administrator", operation: "list-users" },
  { method: "POST", path: "/api/users", access: "administrator", operation: "add-user" },
  { method: "GET", path: "/api/users/{user}", access: "administrator", operation: "get-user" },
  { method: "PATCH", path: "/api/users/{user}", access: "administrator", operation: "change-user" },
  { method: "DELETE", path: "/api/users/{user}", access: "administrator", operation: "remove-user" },
  { method: "PUT", path: "/api/users/{user}/password", access: "administrator", operation: "set-password" },
  { method: "GET", path: "/api/users/{user}/keys", access: "administrator", operation: "list-keys" },
  { method: "POST", path: "/api/users/{user}/keys", access: "administrator", operation: "add-key" },
  { method: "DELETE", path: "/api/users/{user}/keys/{id}", access: "administrator", operation: "revoke-key" },
];

/** API Gateway's key of a route, such as `GET /api/me`, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
