import { HTTP_DATE, LONG_AGO, type Sent, useHttpTable, WRONG } from "../../support/http-table.ts";

/** Preconditions of GET and HEAD: RFC 9110, sections 13 and 15.4.5. */
const { missing, rows, validators } = useHttpTable();

for (const method of ["GET", "HEAD"]) {
  const read = (headers: Record<string, string>): Sent => ({ method, headers });
  const notModified = {
    status: 304,
    body: "",
    headers: { "content-type": "text/plain", "content-disposition": null, "cache-control": "private, no-cache" },
  };
  rows(`conditional ${method}`, [
    ["RFC 9110 13.1.1: If-Match with the tag → 200", () => read({ "if-match": validators.etag }), { status: 200 }],
    [
      "RFC 9110 13.1.1: If-Match with a list → 200",
      () => read({ "if-match": `${WRONG}, ${validators.etag}` }),
      { status: 200 },
    ],
    ["RFC 9110 13.1.1: If-Match: * → 200", () => read({ "if-match": "*" }), { status: 200 }],
    ["RFC 9110 13.1.1: If-Match with another tag → 412", () => read({ "if-match": WRONG }), { status: 412 }],
    [
      "RFC 9110 13.1.1: If-Match with a weak tag → 412",
      () => read({ "if-match": `W/${validators.etag}` }),
      { status: 412 },
    ],
    [
      "RFC 9110 13.1.2: If-None-Match with the tag → 304",
      () => read({ "if-none-match": validators.etag }),
      notModified,
    ],
    [
      "RFC 9110 13.1.2: If-None-Match with a weak tag → 304",
      () => read({ "if-none-match": `W/${validators.etag}` }),
      notModified,
    ],
    ["RFC 9110 13.1.2: If-None-Match: * → 304", () => read({ "if-none-match": "*" }), notModified],
    ["RFC 9110 13.1.2: If-None-Match with another tag → 200", () => read({ "if-none-match": WRONG }), { status: 200 }],
    [
      "RFC 9110 13.1.3: If-Modified-Since with the date → 304",
      () => read({ "if-modified-since": validators.modified }),
      notModified,
    ],
    ["RFC 9110 13.1.3: If-Modified-Since before → 200", () => read({ "if-modified-since": LONG_AGO }), { status: 200 }],
    [
      "RFC 9110 13.1.3: If-Modified-Since with no HTTP date → ignored",
      () => read({ "if-modified-since": "2099-01-01" }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since with the date → 200",
      () => read({ "if-unmodified-since": validators.modified }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since before → 412",
      () => read({ "if-unmodified-since": LONG_AGO }),
      { status: 412 },
    ],
    [
      "RFC 9110 13.2.1: preconditions of a missing file → 404",
      () => ({ ...read({ "if-match": "*" }), path: missing }),
      { status: 404 },
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-Unmodified-Since",
      () => read({ "if-match": validators.etag, "if-unmodified-since": LONG_AGO }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-None-Match",
      () => read({ "if-match": WRONG, "if-none-match": validators.etag }),
      { status: 412 },
    ],
    [
      "RFC 9110 13.2.2: If-None-Match precedes If-Modified-Since",
      () => read({ "if-none-match": WRONG, "if-modified-since": validators.modified }),
      { status: 200 },
    ],
    [
      "RFC 9110 13.2.2: preconditions precede Range",
      () => read({ "if-match": WRONG, range: "bytes=10-" }),
      { status: 412 },
    ],
    [
      "RFC 9110 15.4.5: 304 has the validators",
      () => read({ "if-none-match": validators.etag }),
      { status: 304, headers: { etag: /^"/, "last-modified": HTTP_DATE } },
    ],
  ]);
}
