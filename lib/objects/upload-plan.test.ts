import fc from "fast-check";
import { expect, it } from "vitest";
import { isPossibleSize, partSize, partsOf, uploadMethod } from "./upload-plan.ts";

const MIB = 1024 ** 2;

it.each([
  [0, "direct"],
  [4 * MIB, "direct"],
  [4 * MIB + 1, "presigned"],
  [32 * MIB, "presigned"],
  [32 * MIB + 1, "multipart"],
])("sends %i bytes %s", (size, method) => {
  expect(uploadMethod(size)).toBe(method);
});

it("divides every possible size into at most 10,000 parts of at least 5 MiB that follow each other", () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 5n * 1024n ** 4n).map(Number), (size) => {
      expect(isPossibleSize(size)).toBe(true);
      const length = partSize(size);
      expect(length).toBeGreaterThanOrEqual(5 * MIB);
      expect(Math.ceil(size / length)).toBeLessThanOrEqual(10_000);
    }),
  );
  const parts = partsOf(50 * MIB);
  expect(parts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(50 * MIB);
  for (const [index, part] of parts.entries()) {
    expect(part.offset).toBe(parts.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  }
});

it("refuses more than 5 TiB", () => {
  expect(isPossibleSize(5 * 1024 ** 4 + 1)).toBe(false);
});
