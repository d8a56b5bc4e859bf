import { DIGITS, having, LONG_AGO, useHttpTable, WRONG } from "../../support/http-table.ts";

/** Ranges: RFC 9110, sections 13.1.5 and 14. */
const { emptyPath, rows, validators } = useHttpTable();

const partial = (range: string) => ({ "content-range": `bytes ${range}/10` });
const unsatisfiable = { status: 416, headers: { "content-range": "bytes */10" } };
const whole = { status: 200, body: DIGITS, headers: { "content-range": null } };

rows("ranges", [
  [
    "RFC 9110 14.1.2: first and last byte → 206",
    () => having({ range: "bytes=2-4" }),
    { status: 206, body: "234", headers: partial("2-4") },
  ],
  [
    "RFC 9110 14.1.2: no last byte → 206",
    () => having({ range: "bytes=8-" }),
    { status: 206, body: "89", headers: partial("8-9") },
  ],
  [
    "RFC 9110 14.1.2: a last byte beyond the end → 206",
    () => having({ range: "bytes=8-99" }),
    { status: 206, body: "89", headers: partial("8-9") },
  ],
  [
    "RFC 9110 14.1.2: a suffix → 206",
    () => having({ range: "bytes=-3" }),
    { status: 206, body: "789", headers: partial("7-9") },
  ],
  [
    "RFC 9110 14.1.2: a suffix longer than the file → 206",
    () => having({ range: "bytes=-99" }),
    { status: 206, body: DIGITS, headers: partial("0-9") },
  ],
  ["RFC 9110 14.1.2: a suffix of no bytes → 416", () => having({ range: "bytes=-0" }), unsatisfiable],
  [
    "RFC 9110 14.1.2: a suffix of an empty file → 200",
    () => having({ range: "bytes=-5" }, { path: emptyPath }),
    { status: 200, body: "" },
  ],
  [
    "RFC 9110 14.1.1: the last byte before the first one is invalid → ignored",
    () => having({ range: "bytes=5-2" }),
    whole,
  ],
  [
    "RFC 9110 14.1: units are compared without case",
    () => having({ range: "Bytes=2-4" }),
    { status: 206, body: "234" },
  ],
  ["RFC 9110 14.2: an unknown unit → ignored", () => having({ range: "lines=1-2" }), whole],
  ["RFC 9110 14.2: several ranges → the whole", () => having({ range: "bytes=0-1,3-4" }), whole],
  [
    "RFC 9110 14.2: Range of a HEAD → ignored",
    () => having({ range: "bytes=2-4" }, { method: "HEAD" }),
    { status: 200, headers: { "content-length": "10", "content-range": null } },
  ],
  ["RFC 9110 14.3: Accept-Ranges", () => ({}), { status: 200, headers: { "accept-ranges": "bytes" } }],
  ["RFC 9110 14.4: beyond the end → 416 with the size", () => having({ range: "bytes=10-" }), unsatisfiable],
  [
    "RFC 9110 14.4: an empty file → 416",
    () => having({ range: "bytes=0-" }, { path: emptyPath }),
    { status: 416, headers: { "content-range": "bytes */0" } },
  ],
  [
    "RFC 9110 13.1.5: If-Range with the strong tag → 206",
    () => having({ range: "bytes=2-4", "if-range": validators.etag }),
    { status: 206, body: "234" },
  ],
  [
    "RFC 9110 13.1.5: If-Range with another tag → the whole",
    () => having({ range: "bytes=2-4", "if-range": WRONG }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: If-Range with a weak tag → the whole",
    () => having({ range: "bytes=2-4", "if-range": `W/${validators.etag}` }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: If-Range with the date → 206",
    () => having({ range: "bytes=2-4", "if-range": validators.modified }),
    { status: 206, body: "234" },
  ],
  [
    "RFC 9110 13.1.5: If-Range with another date → the whole",
    () => having({ range: "bytes=2-4", "if-range": LONG_AGO }),
    whole,
  ],
  [
    "RFC 9110 13.1.5: a range beyond the end with another tag → the whole",
    () => having({ range: "bytes=10-", "if-range": WRONG }),
    whole,
  ],
]);
