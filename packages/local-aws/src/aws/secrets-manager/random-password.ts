import { AwsError } from "../../runtime/error.ts";
import type { RandomInteger } from "./random-integer.ts";

export interface PasswordOptions {
  readonly length?: number;
  readonly excludeCharacters?: string;
  readonly excludeLowercase?: boolean;
  readonly excludeUppercase?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludePunctuation?: boolean;
  readonly includeSpace?: boolean;
  readonly requireEachIncludedType?: boolean;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const MAX_LENGTH = 4096;
const DEFAULT_LENGTH = 32;
const LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
const NUMBERS = "0123456789";
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/**
 * @throws AwsError `InvalidParameterException` when no characters are left, or the length is too small or too large.
 */
export function randomPassword(options: PasswordOptions, random: RandomInteger): string {
  const { length = DEFAULT_LENGTH, requireEachIncludedType = true, excludeCharacters = "" } = options;
  const types = [
    ...(options.excludeLowercase ? [] : [LOWERCASE]),
    ...(options.excludeUppercase ? [] : [LOWERCASE.toUpperCase()]),
    ...(options.excludeNumbers ? [] : [NUMBERS]),
    ...(options.excludePunctuation ? [] : [PUNCTUATION]),
    ...(options.includeSpace ? [" "] : []),
  ]
    .map((characters) => [...characters].filter((character) => !excludeCharacters.includes(character)))
    .filter((characters) => characters.length > 0);
  const required = requireEachIncludedType ? types : [];
  if (types.length === 0 || length < Math.max(required.length, 1) || length > MAX_LENGTH) {
    throw new AwsError("InvalidParameterException", "The password length or the excluded characters are not valid.");
  }
  const pick = (characters: readonly string[]) => characters[random(characters.length)] ?? "";
  const rest = Array.from({ length: length - required.length }, () => pick(types.flat()));
  return shuffle([...required.map(pick), ...rest], random).join("");
}

function shuffle(items: readonly string[], random: RandomInteger): string[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random(last + 1);
    const [a = "", b = ""] = [shuffled[last], shuffled[other]];
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
