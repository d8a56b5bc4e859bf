/** The operation behind a route; `services/api/operations/` has one file for each. */
export type Operation = GuardedOperation | PublicOperation;

export type GuardedOperation =
  | "list-files"
  | "search-files"
  | "download-file"
  | "upload-file"
  | "delete-file"
  | "delete-files"
  | "copy-file"
  | "move-file"
  | "restore-file"
  | "presign-upload"
  | "presign-download"
  | "presign-file-upload"
  | "start-upload"
  | "list-parts"
  | "presign-part"
  | "presign-parts"
  | "complete-upload"
  | "abort-upload";

export type PublicOperation = "check-health";

interface Address {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** In the syntax of API Gateway; `{key+}` matches the rest of the path. */
  readonly path: `/${string}`;
}

/**
 * Who may call a route, in the form of `AccessRule` in `lib/users/access.ts`; the compiler checks this where the API
 * evaluates it. This file has no imports, because stacks import it.
 */
type GuardedAccess = "signed-in" | RoleAccess | readonly RoleAccess[];

interface RoleAccess {
  readonly role: "reader" | "writer";
  readonly orBasename?: true;
  readonly keyIn?: { readonly query: readonly string[] } | { readonly body: readonly string[] };
}

interface GuardedRoute extends Address {
  readonly access: GuardedAccess;
  readonly operation: GuardedOperation;
  /** The action as which requests are recorded in the audit log; undefined for a route that changes nothing. */
  readonly audit?: GuardedOperation;
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
/** Uppy sends the path in a dropped folder as `relativePath`, and the name that a user has changed as `name`. */
const describedInBody = {
  role: "writer",
  keyIn: { body: ["metadata.relativePath", "metadata.name", "filename"] },
} as const;
const describedInQuery = {
  role: "writer",
  keyIn: { query: ["metadata[relativePath]", "metadata[name]", "filename"] },
} as const;
const writerOfQuery = { role: "writer", keyIn: { query: ["key"] } } as const;

const definitions: readonly (GuardedRoute | PublicRoute)[] = [
  { method: "GET", path: "/", access: "signed-in", operation: "list-files" },
  { method: "GET", path: "/api/list", access: "signed-in", operation: "list-files" },
  { method: "GET", path: "/api/search", access: "signed-in", operation: "search-files" },
  { method: "GET", path: "/{key+}", access: reader, operation: "download-file" },
  { method: "GET", path: "/api/files/{key+}", access: reader, operation: "download-file" },
  {
    method: "DELETE",
    path: "/api/files/{key+}",
    access: writer,
    operation: "delete-file",
    audit: "delete-file",
  },
  {
    method: "POST",
    path: "/api/copy",
    access: [
      { role: "reader", keyIn: { body: ["from"] } },
      { role: "writer", keyIn: { body: ["to"] } },
    ],
    operation: "copy-file",
    audit: "copy-file",
  },
  {
    method: "POST",
    path: "/api/move",
    access: [
      { role: "writer", keyIn: { body: ["from"] } },
      { role: "writer", keyIn: { body: ["to"] } },
    ],
    operation: "move-file",
    audit: "move-file",
  },
  {
    method: "POST",
    path: "/api/restore",
    access: { role: "writer", keyIn: { body: ["key"] } },
    operation: "restore-file",
    audit: "restore-file",
  },
  // The operation checks the grants on each key.
  { method: "POST", path: "/api/delete", access: "signed-in", operation: "delete-files", audit: "delete-files" },
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
  ...companionRoutes(),
];

/** The routes of Uppy's Companion for S3, with its paths: https://uppy.io/docs/companion/#s3 */
function companionRoutes(): readonly GuardedRoute[] {
  const upload = "/s3/multipart/{uploadId}";
  return [
    {
      method: "GET",
      path: "/s3/params",
      access: describedInQuery,
      operation: "presign-file-upload",
      audit: "presign-upload",
    },
    {
      method: "POST",
      path: "/s3/multipart",
      access: describedInBody,
      operation: "start-upload",
      audit: "start-upload",
    },
    { method: "GET", path: upload, access: writerOfQuery, operation: "list-parts" },
    // Not audited: a part becomes visible only when the upload is completed.
    { method: "GET", path: `${upload}/{partNumber}`, access: writerOfQuery, operation: "presign-part" },
    { method: "GET", path: `${upload}/batch`, access: writerOfQuery, operation: "presign-parts" },
    {
      method: "POST",
      path: `${upload}/complete`,
      access: writerOfQuery,
      operation: "complete-upload",
      audit: "complete-upload",
    },
    { method: "DELETE", path: upload, access: writerOfQuery, operation: "abort-upload", audit: "abort-upload" },
  ];
}

/** Whatever has `GET` has `HEAD` (RFC 9110, section 9.1), which would otherwise be that of the file with the path. */
function withHead<T extends Address>(route: T): readonly T[] {
  return route.method === "GET" ? [route, { ...route, method: "HEAD" }] : [route];
}

const authorizationOf = (access: GuardedAccess | "public"): Route["authorization"] =>
  access === "public" ? "none" : "user";

/**
 * The Files API as data: the `frontend` stack creates the routes of API Gateway from it, and the function dispatches by
 * it. Of two routes that match, API Gateway selects the more specific one, so a file with the name of a route is not
 * available at `/{key+}` but at `/api/files/{key+}`.
 */
export const routes: readonly Route[] = definitions.flatMap(withHead).map((route) => ({
  ...route,
  authorization: authorizationOf(route.access),
}));

/** API Gateway's key of a route, such as `GET /api/list`, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Address): string => `${method} ${path}`;
