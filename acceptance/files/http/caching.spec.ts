import { having, useHttpTable } from "../../support/http-table.ts";

/** RFC 9111 (HTTP Caching). */
const { key, missing, path, rows } = useHttpTable();

const noStore = { status: 200, headers: { "cache-control": "no-store" } };
const revalidate = { status: 200, headers: { "cache-control": "private, no-cache" } };

rows("caching", [
  ["RFC 9111 5.2.2: a file is private and revalidated", () => ({}), revalidate],
  [
    "RFC 9111 5.2.2: a part of a file is private and revalidated",
    () => having({ range: "bytes=0-1" }),
    { ...revalidate, status: 206 },
  ],
  ["RFC 9111 5.2.2: a list is private and revalidated", () => ({ path: "/api/list?limit=1" }), revalidate],
  ["RFC 9111 5.2.2: a search is private and revalidated", () => ({ path: "/api/search?q=x" }), revalidate],
  ["RFC 9111 5.2.2: versions are private and revalidated", () => ({ path: `${path}?versions` }), revalidate],
  ["RFC 9111 5.2.2.5: a presigned download is not stored", () => ({ path: `/api/download_presigned/${key}` }), noStore],
  ["RFC 9111 5.2.2.5: a presigned upload is not stored", () => ({ path: `/api/upload_presigned/${key}` }), noStore],
  ["RFC 9111 5.2.2.5: the health is not stored", () => ({ path: "/health" }), noStore],
  ["RFC 9111 5.2.2.5: the caller is not stored", () => ({ path: "/api/me" }), noStore],
  ["RFC 9111 5.2.2.5: an error is not stored", () => ({ path: missing }), { ...noStore, status: 404 }],
]);
