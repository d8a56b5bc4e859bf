import { describe, it } from "vitest";
import { DIGITS, LONG_AGO, type Sent, useHttpTable, WRONG } from "../../support/http-table.ts";

/** Preconditions of PUT and DELETE: RFC 9110, section 13. */
const { path, store, upload, validators, verify } = useHttpTable();

for (const [method, target, status] of [
  ["PUT", upload, 200],
  ["DELETE", path, 204],
] as const) {
  const write = (headers: Record<string, string>): Sent => ({
    method,
    path: target,
    headers: { "content-type": "text/plain", ...headers },
    ...(method === "PUT" && { body: DIGITS }),
  });
  const refused = [
    ["RFC 9110 13.1.1: If-Match with another tag → 412", () => write({ "if-match": WRONG })],
    ["RFC 9110 13.1.1: If-Match with a weak tag → 412", () => write({ "if-match": `W/${validators.etag}` })],
    ["RFC 9110 13.1.2: If-None-Match: * → 412", () => write({ "if-none-match": "*" })],
    ["RFC 9110 13.1.2: If-None-Match with a weak tag → 412", () => write({ "if-none-match": `W/${validators.etag}` })],
    ["RFC 9110 13.1.4: If-Unmodified-Since before → 412", () => write({ "if-unmodified-since": LONG_AGO })],
    [
      "RFC 9110 13.2.2: If-None-Match after a true If-Match → 412",
      () => write({ "if-match": validators.etag, "if-none-match": validators.etag }),
    ],
  ] as const;
  const accepted = [
    ["RFC 9110 13.1.1: If-Match with the tag", () => write({ "if-match": validators.etag })],
    [
      "RFC 9110 13.1.1: If-Match with a list",
      () => write({ "if-match": `W/${validators.etag}, ${WRONG}, ${validators.etag}` }),
    ],
    ["RFC 9110 13.1.1: If-Match: *", () => write({ "if-match": "*" })],
    ["RFC 9110 13.1.2: If-None-Match with another tag", () => write({ "if-none-match": WRONG })],
    [
      "RFC 9110 13.1.3: If-Modified-Since is ignored",
      () => write({ "if-modified-since": "Sun, 06 Nov 2095 08:49:37 GMT" }),
    ],
    [
      "RFC 9110 13.1.4: If-Unmodified-Since with no HTTP date is ignored",
      () => write({ "if-unmodified-since": "never" }),
    ],
    [
      "RFC 9110 13.2.2: If-Match precedes If-Unmodified-Since",
      () => write({ "if-match": validators.etag, "if-unmodified-since": LONG_AGO }),
    ],
  ] as const;
  describe(`conditional ${method}`, () => {
    it.each(refused)("%s, and the file remains", async (_, sent) => {
      await verify(sent(), { status: 412 });
      await verify({}, { status: 200, body: DIGITS });
    });
    it.each(accepted)(`%s → ${status}`, async (_, sent) => {
      await verify(sent(), { status });
      await store();
    });
    it("RFC 9110 13.1.1: If-Match: * of a missing file → 412", () =>
      verify({ ...write({ "if-match": "*" }), path: target.replace("digits", "missing") }, { status: 412 }));
  });
}
