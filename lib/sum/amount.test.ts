import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, parseAmount } from "./amount.ts";

describe("parseAmount", () => {
  it.each([
    [1, "1"],
    [0.1, "0.1"],
    [-2.5, "-2.5"],
    [1e-7, "1e-7"],
    [" 42.10 ", "42.10"],
    ["+.5", "+.5"],
    ["1E3", "1E3"],
    ["999999999999999.99", "999999999999999.99"],
    ["-999999999999999.9999999999", "-999999999999999.9999999999"],
    ["999999999999999.99999999994", "999999999999999.99999999994"],
    ["0.0000000000000001e30", "0.0000000000000001e30"],
    ["1e14", "1e14"],
    ["0e999", "0e999"],
    ["1e-999", "1e-999"],
  ])("accepts %j", (number, text) => {
    expect(parseAmount(number)).toBe(text);
  });

  it.each([
    [undefined, "NumberMissing"],
    [null, "NumberMissing"],
    ["", "NumberMissing"],
    ["  ", "NotANumber"],
    ["NaN", "NotANumber"],
    [Number.NaN, "NotANumber"],
    ["twelve", "NotANumber"],
    ["0x10", "NotANumber"],
    ["1,5", "NotANumber"],
    ["1 000", "NotANumber"],
    ["1; drop table x", "NotANumber"],
    ["1e99999", "NotANumber"],
    ["1".repeat(65), "NotANumber"],
    [true, "NotANumber"],
    [[1], "NotANumber"],
    [{}, "NotANumber"],
    [Number.POSITIVE_INFINITY, "NumberTooLarge"],
    ["-Infinity", "NumberTooLarge"],
    ["1e400", "NumberTooLarge"],
    [1e15, "NumberTooLarge"],
    ["-1000000000000000", "NumberTooLarge"],
    ["999999999999999.99999999995", "NumberTooLarge"],
    ["0.001e18", "NumberTooLarge"],
    ["1e999", "NumberTooLarge"],
  ])("rejects %j", (number, code) => {
    expect(() => parseAmount(number)).toThrow(expect.objectContaining({ status: 400, code }));
  });
});

describe("formatAmount", () => {
  it.each([
    ["0", "0.00"],
    ["-1234.5", "-1,234.50"],
    ["1234567.8900000000", "1,234,567.89"],
    ["0.0050000000", "0.005"],
    ["999", "999.00"],
    ["1000", "1,000.00"],
  ])("formats %s as %s", (text, shown) => {
    expect(formatAmount(text)).toBe(shown);
  });

  it("preserves every digit", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(99), (whole, cents) => {
        const shown = formatAmount(`${whole}.${String(cents).padStart(2, "0")}`);
        expect(shown.replaceAll(",", "")).toBe(`${whole}.${String(cents).padStart(2, "0")}`);
      }),
    );
  });
});
