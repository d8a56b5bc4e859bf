import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkBodyDigests } from "./body-digests.ts";

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("base64");
const check = (headers: Record<string, string>) => () => checkBodyDigests({ headers, body: Buffer.from("hello") });
const codeOf = (code: string) => expect.objectContaining({ status: 400, code });

const [sha256, sha512] = [digest("sha256", "hello"), digest("sha512", "hello")];

it.each([
  {},
  { "content-md5": digest("md5", "hello") },
  { "x-amz-checksum-sha256": sha256 },
  { "repr-digest": `sha-256=:${sha256}:` },
  { "repr-digest": `sha-512=:${sha512}:, sha-256=:${sha256}:` },
  { "repr-digest": `unixsum=:AAA=:, sha-512=:${sha512}:` },
])("accepts %j", (headers) => {
  expect(check(headers)).not.toThrow();
});

it.each([
  { "content-md5": digest("md5", "other") },
  { "x-amz-checksum-sha256": digest("sha256", "other") },
  { "repr-digest": `sha-256=:${digest("sha256", "other")}:` },
  { "repr-digest": `sha-256=:${sha256}:,sha-512=:${digest("sha512", "other")}:` },
  { "content-md5": digest("md5", "hello"), "x-amz-checksum-sha256": digest("sha256", "other") },
])("rejects %j as different", (headers) => {
  expect(check(headers)).toThrow(codeOf("BadDigest"));
});

describe("malformed digests", () => {
  it.each(["content-md5", "x-amz-checksum-sha256", "repr-digest"])("of %s are rejected", (header) => {
    for (const value of ["", "x", "===", "5d41402abc4b2a76b9719d911017c592", sha512, "AAAA", "sha-256=:AAAA:"]) {
      expect(check({ [header]: value }), value).toThrow(codeOf("InvalidDigest"));
    }
  });

  it.each([
    `sha-256=${sha256}`,
    `sha-256=:${sha256}`,
    `sha-256:${sha256}:`,
    `sha-256=:${sha256}:,`,
    `md5=:${digest("md5", "hello")}:`,
    `constructor=:${sha256}:`,
  ])("rejects the dictionary %s", (value) => {
    expect(check({ "repr-digest": value })).toThrow(codeOf("InvalidDigest"));
  });
});
