import { HttpError } from "../http/http-error.ts";

/** A decimal number, optionally with an exponent (`1e3`); neither hexadecimal nor with digit grouping. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Longer input is not a meaningful number. */
const MAX_LENGTH = 64;

/**
 * Digits before the decimal point that the column can store:
 * {@link https://www.postgresql.org/docs/17/datatype-numeric.html | numeric(25,10)}.
 */
const WHOLE_DIGITS = 15;
/** Digits after the decimal point that the column stores; PostgreSQL rounds further ones. */
const DECIMALS = 10;

/**
 * The number of a request as decimal text, which PostgreSQL reads exactly. A JavaScript number would lose digits.
 *
 * @param number a number or a numeric string
 * @throws HttpError 400 with a reason for the user
 */
export function parseAmount(number: unknown): string {
  if (number === undefined || number === null || number === "") {
    throw new HttpError(400, "NumberMissing", "Enter a number.");
  }
  const text = typeof number === "number" ? String(number) : typeof number === "string" ? number.trim() : "";
  if (text === "") throw notANumber();
  // JSON has no infinity, but JSON.parse reads 1e400 as one.
  if (/^[+-]?infinity$/i.test(text)) throw tooLarge();
  if (text.length > MAX_LENGTH || !DECIMAL.test(text)) throw notANumber();
  if (!fits(text)) throw tooLarge();
  return text;
}

/**
 * Whether the number, as PostgreSQL rounds it, fits the column. It is computed with integers, because
 * 999999999999999.99 fits but is 1e15 as a JavaScript number.
 */
function fits(text: string): boolean {
  const [, whole = "", fraction = "", exponent = "0"] = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  // In tenths of the last decimal that is stored.
  const shift = Number(exponent) - fraction.length + DECIMALS + 1;
  if (digits.length + shift > WHOLE_DIGITS + DECIMALS + 1) return digits === "";
  const tenths = shift >= 0 ? BigInt(`${digits || "0"}${"0".repeat(shift)}`) : BigInt(digits.slice(0, shift) || "0");
  return tenths + 5n < 10n ** BigInt(WHOLE_DIGITS + DECIMALS + 1);
}

const notANumber = () => new HttpError(400, "NotANumber", "That is not a number. Write it like 12.50.");
const tooLarge = () =>
  new HttpError(400, "NumberTooLarge", "That number is too large: enter at most 15 digits before the decimal point.");

/**
 * Formats decimal text with thousands separators and at least two decimals, without rounding: `-1234.5` is `-1,234.50`.
 */
export function formatAmount(text: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${grouped}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}
