import { HTTP_DATE, having, useHttpTable } from "../../support/http-table.ts";

/** Representations and their metadata: RFC 9110, sections 5.6.7, 6.6.1, 8 and 12.5, and RFC 9112, section 6.1. */
const { emptyPath, missing, rows, upload } = useHttpTable();

rows("representations", [
  ["RFC 9110 8.8.3: ETag is strong", () => ({}), { status: 200, headers: { etag: /^"[^"]+"$/ } }],
  [
    "RFC 9110 5.6.7: Last-Modified is an HTTP date",
    () => ({}),
    { status: 200, headers: { "last-modified": HTTP_DATE } },
  ],
  ["RFC 9110 6.6.1: Date is an HTTP date", () => ({}), { status: 200, headers: { date: HTTP_DATE } }],
  [
    "RFC 9110 8.6: an empty file has Content-Length: 0",
    () => ({ path: emptyPath }),
    { status: 200, body: "", headers: { "content-length": "0" } },
  ],
  [
    "RFC 9110 8.6: 204 has no Content-Length",
    () => ({ method: "DELETE", path: missing }),
    { status: 204, headers: { "content-length": null, "transfer-encoding": null } },
  ],
  [
    "RFC 9112 6.1: Content-Length and no Transfer-Encoding",
    () => ({}),
    { status: 200, headers: { "content-length": "10", "transfer-encoding": null } },
  ],
  [
    "RFC 9110 8.4: PUT with Content-Encoding → 415",
    () => having({ "content-encoding": "gzip" }, { method: "PUT", path: upload, body: "x" }),
    { status: 415, headers: { "accept-encoding": "identity" } },
  ],
  [
    "RFC 9110 12.5.1: Accept that a file does not meet → ignored",
    () => having({ accept: "application/xml" }),
    { status: 200 },
  ],
  [
    "RFC 9110 12.5.1: Accept that a list does not meet → ignored",
    () => having({ accept: "text/html;q=1, */*;q=0" }, { path: "/api/list?limit=1" }),
    { status: 200, headers: { "content-type": "application/json" } },
  ],
  [
    "RFC 9110 12.5.1: Accept that an error does not meet → ignored",
    () => having({ accept: "text/html" }, { path: missing }),
    { status: 404 },
  ],
  [
    "RFC 9110 12.5.3: Accept-Encoding → no coding",
    () => having({ "accept-encoding": "gzip" }),
    { status: 200, headers: { "content-encoding": null } },
  ],
  // Nothing is negotiated, and responses to requests with Authorization are not reused for others without Vary.
  ["RFC 9110 12.5.5: no Vary", () => ({}), { status: 200, headers: { vary: null } }],
]);
