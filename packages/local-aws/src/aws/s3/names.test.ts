import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKey, compareKeys, encodeKey, isBucketName } from "./names.ts";

describe("bucket names", () => {
  it.each(["abc", "nv-demo-storage", "a.b.c", "1ab", "a".repeat(63)])("allows %s", (name) => {
    expect(isBucketName(name)).toBe(true);
  });
  it.each(["ab", "a".repeat(64), "Abc", "a_b", "-ab", "ab-", "a..b", "192.168.5.4", "xn--ab", "ab-s3alias", "a/b"])(
    "rejects %s",
    (name) => expect(isBucketName(name)).toBe(false),
  );
});

describe("keys", () => {
  it("have at most 1,024 bytes", () => {
    expect(() => checkKey("ü".repeat(512))).not.toThrow();
    expect(() => checkKey(`${"ü".repeat(512)}a`)).toThrow("Your key is too long");
  });

  it("are compared by their UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it("are URL-encoded except for unreserved characters and the slash", () => {
    expect(encodeKey("a/b c+d(1)*'!ü")).toBe("a/b%20c%2Bd%281%29%2A%27%21%C3%BC");
  });
});
