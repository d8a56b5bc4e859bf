/** The operation behind a route; `services/api/operations/` has one file for each. */
export type Operation = GuardedOperation | PublicOperation;

export type GuardedOperation =
  | "list-files"
  | "search-files"
  | "download-file"
  | "upload-file"
  | "delete-file"
  | "presign-upload"
  | "presign-download";

export type PublicOperation = "check-health";

interface Address {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  /** In the syntax of API Gateway; `{key+}` matches the rest of the path. */
  readonly path: `/${string}`;
}

/**
 * Who may call a route, in the form of `AccessRule` in `lib/users/access.ts`; the compiler checks this where the API
 * evaluates it. This file has no imports, because stacks import it.
 */
type GuardedAccess = "signed-in" | { readonly role: "reader" | "writer"; readonly orBasename?: true };

interface GuardedRoute extends Address {
  readonly access: GuardedAccess;
  readonly operation: GuardedOperation;
  /** The action as which requests are recorded in the audit log; undefined for a route that changes nothing. */
  readonly audit?: "upload-file" | "delete-file" | "presign-upload";
}

interface PublicRoute extends Address {
  readonly access: "public";
  readonly operation: PublicOperation;
  readonly audit?: never;
}

export type Route = (GuardedRoute | PublicRoute) & {
  /** Whether API Gateway invokes the authorizer. */
  readonly authorization: "user" | "none";
};

const reader = { role: "reader", orBasename: true } as const;
const writer = { role: "writer" } as const;

const definitions: readonly (GuardedRoute | PublicRoute)[] = [
  { method: "GET", path: "/", access: "signed-in", operation: "list-files" },
  { method: "GET", path: "/api/list", access: "signed-in", operation: "list-files" },
  { method: "GET", path: "/api/search", access: "signed-in", operation: "search-files" },
  { method: "GET", path: "/{key+}", access: reader, operation: "download-file" },
  { method: "HEAD", path: "/{key+}", access: reader, operation: "download-file" },
  { method: "GET", path: "/api/files/{key+}", access: reader, operation: "download-file" },
  { method: "HEAD", path: "/api/files/{key+}", access: reader, operation: "download-file" },
  {
    method: "DELETE",
    path: "/api/files/{key+}",
    access: writer,
    operation: "delete-file",
    audit: "delete-file",
  },
  { method: "PUT", path: "/api/upload/{key+}", access: writer, operation: "upload-file", audit: "upload-file" },
  {
    method: "GET",
    path: "/api/upload_presigned/{key+}",
    access: writer,
    operation: "presign-upload",
    audit: "presign-upload",
  },
  { method: "GET", path: "/api/download_presigned/{key+}", access: reader, operation: "presign-download" },
  { method: "GET", path: "/health", access: "public", operation: "check-health" },
];

const authorizationOf = (access: GuardedAccess | "public"): Route["authorization"] =>
  access === "public" ? "none" : "user";

/**
 * The Files API as data: the `frontend` stack creates the routes of API Gateway from it, and the function dispatches by
 * it. Of two routes that match, API Gateway selects the more specific one, so a file with the name of a route is not
 * available at `/{key+}` but at `/api/files/{key+}`.
 */
export const routes: readonly Route[] = definitions.map((route) => ({
  ...route,
  authorization: authorizationOf(route.access),
}));

/** API Gateway's key of a route, such as `GET /api/list`, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Address): string => `${method} ${path}`;
