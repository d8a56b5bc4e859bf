import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  ["key AKIAABCDEFGHIJKLMNOP used", "key … used"],
  ["key nvk_abc-DEF_1 used", "key … used"],
  ["token eyJhbGciOi.eyJzdWIi.c2ln", "token …"],
  ["Authorization: Basic bnZjbGllbnQ6bXlzZWNyZXQ=", "Authorization: …"],
  ["Bearer abcdefgh.123", "…"],
  ['{"password":"hunter2","a":1}', '{"password":"…","a":1}'],
  ["PASSWORD=hunter2; next", "PASSWORD=…; next"],
  ["postgres://owner:hunter2@db:5432/x", "postgres://owner:…@db:5432/x"],
  ["GET https://b.s3.amazonaws.com/k?X-Amz-Signature=abc failed", "GET https://b.s3.amazonaws.com/k?… failed"],
  ["-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----", "…"],
  ["Upload of reports/a.txt failed: ECONNRESET", "Upload of reports/a.txt failed: ECONNRESET"],
])("redacts %j", (text, redacted) => {
  expect(redact(text)).toBe(redacted);
});
