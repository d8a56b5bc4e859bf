import fc from "fast-check";
import { expect, it } from "vitest";
import { CURRENT_COST, hashPassword, isOutdated, unmatchedHash, verifyPassword } from "./password-hash.ts";

const CHEAP = { memory: 64, passes: 1, parallelism: 1 };

it("verifies the hash of the reference implementation of Argon2", async () => {
  // echo -n "password" | argon2 somesalt -id -t 2 -m 16 -p 1: https://github.com/P-H-C/phc-winner-argon2
  const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  expect(await verifyPassword("password", reference)).toBe(true);
  expect(await verifyPassword("passwort", reference)).toBe(false);
});

it("matches the hashed password only, with a different salt each time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), async (one, other) => {
      const [hash, again] = await Promise.all([hashPassword(one, CHEAP), hashPassword(one, CHEAP)]);
      expect(hash).not.toBe(again);
      expect(await verifyPassword(one, hash)).toBe(true);
      expect(await verifyPassword(other, hash)).toBe(one.normalize("NFC") === other.normalize("NFC"));
    }),
    { numRuns: 50 },
  );
});

it("has the cost that OWASP recommends, and reports hashes with another one", async () => {
  expect(CURRENT_COST).toEqual({ memory: 19 * 1024, passes: 2, parallelism: 1 });
  expect(isOutdated(await hashPassword("a", CHEAP))).toBe(true);
  expect(isOutdated(await hashPassword("a"))).toBe(false);
});

it("has a hash of the current cost that no password matches", async () => {
  expect(isOutdated(unmatchedHash)).toBe(false);
  expect(await verifyPassword("", unmatchedHash)).toBe(false);
});

it.each(["", "secret", "$2b$10$abc", "$argon2id$v=19$m=1e9,t=2,p=1$YQ$YQ"])(
  "rejects the stored text %j without quoting it",
  async (stored) => {
    const error = await verifyPassword("a", stored).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    if (stored !== "") expect(String(error)).not.toContain(stored);
  },
);
