import * as v from "valibot";
import { MAX_KEY_BYTES } from "../../lib/keys/object-key.ts";

// The schemas of query parameters. Their messages complete "must be".

/** @param unit such as ` of bytes` */
export function wholeNumber(minimum: number, maximum: number, unit = "") {
  const message = `a whole number${unit} from ${minimum} to ${maximum}`;
  return v.pipe(
    v.string(),
    v.regex(new RegExp(`^\\d{1,${String(maximum).length}}$`), message),
    v.toNumber(),
    v.minValue(minimum, message),
    v.maxValue(maximum, message),
  );
}

/** A number of entries in a page. */
export const limitUpTo = (maximum: number, byDefault: number) => v.optional(wholeNumber(1, maximum), String(byDefault));

export const MAX_LIMIT = 1_000;

const isPrintable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

const prefixMessage = `text of at most ${MAX_KEY_BYTES} bytes without control characters`;

/** Text that a key can start with and that PostgreSQL accepts. */
export const prefix = v.optional(
  v.pipe(v.string(), v.maxBytes(MAX_KEY_BYTES, prefixMessage), v.check(isPrintable, prefixMessage)),
  "",
);

/** Text with a number of characters (code points) and without control characters. */
export function textUpTo(maximum: number) {
  const message = `text of 1 to ${maximum} characters without control characters`;
  return v.pipe(
    v.string(),
    v.nonEmpty(message),
    v.check((text) => [...text].length <= maximum && isPrintable(text), message),
  );
}

export const choice = <const Choices extends readonly string[]>(choices: Choices) =>
  v.picklist(choices, choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(", ")}`);
