import { HttpProblem } from "../http/problem.ts";

/** A decimal number as people and programs write it; `1e3` too, hexadecimal and grouping not. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Longer texts are no number that anybody means. */
const MAX_LENGTH = 64;

/** The table holds as many digits before the point: {@link https://www.postgresql.org/docs/17/datatype-numeric.html | numeric(25,10)}. */
const WHOLE_DIGITS = 15;
/** Decimals that the table keeps; PostgreSQL rounds further ones. */
const DECIMALS = 10;

/**
 * The number of a request as decimal text, which PostgreSQL reads exactly: on its way through a JavaScript number, "0.1" would not stay 0.1.
 *
 * @param number a number or a numeric string
 * @throws HttpProblem 400 with a reason for people
 */
export function parseAmount(number: unknown): string {
  if (number === undefined || number === null || number === "") {
    throw new HttpProblem(400, "NumberMissing", "Enter a number.");
  }
  const text = typeof number === "number" ? String(number) : typeof number === "string" ? number.trim() : "";
  if (text === "") throw notANumber();
  // JSON has no infinity, and reads 1e400 as one
  if (/^[+-]?infinity$/i.test(text)) throw tooLarge();
  if (text.length > MAX_LENGTH || !DECIMAL.test(text)) throw notANumber();
  if (!fits(text)) throw tooLarge();
  return text;
}

/** Whether the number, as PostgreSQL rounds it, has no more digits before the point than the table holds. In whole numbers: 999999999999999.99 fits, and a JavaScript number says 1e15. */
function fits(text: string): boolean {
  const [, whole = "", fraction = "", exponent = "0"] = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  // tenths of the last decimal that is kept
  const shift = Number(exponent) - fraction.length + DECIMALS + 1;
  if (digits.length + shift > WHOLE_DIGITS + DECIMALS + 1) return digits === "";
  const tenths = shift >= 0 ? BigInt(`${digits || "0"}${"0".repeat(shift)}`) : BigInt(digits.slice(0, shift) || "0");
  return tenths + 5n < 10n ** BigInt(WHOLE_DIGITS + DECIMALS + 1);
}

const notANumber = () => new HttpProblem(400, "NotANumber", "That is not a number. Write it like 12.50.");
const tooLarge = () =>
  new HttpProblem(400, "NumberTooLarge", "That number is too large: 15 digits before the point fit.");

/** Exact decimal text as people read it: thousands grouped, at least two decimals, never rounded. `-1234.5` is `-1,234.50`. */
export function formatAmount(text: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${grouped}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}
