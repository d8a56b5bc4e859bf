import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { routeKey, routes } from "./routes.ts";

/** The routes of the service `users`, which API Gateway has beside those of this one. A test compares them. */
export const userRouteKeys = [
  ...["GET /api/me", "PUT /api/me/password", "POST /api/session", "DELETE /api/session"],
  ...["GET /api/keys", "POST /api/keys", "DELETE /api/keys/{id}", "GET /api/users", "POST /api/users"],
  ...["GET /api/users/{user}", "PATCH /api/users/{user}", "DELETE /api/users/{user}"],
  ...["PUT /api/users/{user}/password", "GET /api/users/{user}/keys", "POST /api/users/{user}/keys"],
  "DELETE /api/users/{user}/keys/{id}",
];

const addresses = [...routes.map(routeKey), ...userRouteKeys].map((key) => {
  const [method = "", path = ""] = key.split(" ");
  const pattern = path.replace(/\{\w+\+\}/g, ".+").replace(/\{\w+\}/g, "[^/]+");
  return { method, pattern: new RegExp(`^${pattern}$`, "s") };
});

/** The methods of a path as in `Allow`, in alphabetical order. */
const allowedMethods = (path: string): readonly string[] =>
  [...new Set(addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].toSorted();

/**
 * The response to a request that no route matches: 405 with the methods of the path, also to `OPTIONS`, or 404. Nobody
 * needs to sign in for it, so it depends on the method and the path only, and not on the files that exist.
 */
export function unmatched({ method, path }: Pick<HttpRequest, "method" | "path">): HttpError {
  const allow = allowedMethods(path).join(", ");
  if (allow === "") return new HttpError(404, "RouteNotFound", "There is nothing at this address.");
  const detail = `The method ${method} is not available at this address.`;
  return new HttpError(405, "MethodNotAllowed", detail, { headers: { allow } });
}
