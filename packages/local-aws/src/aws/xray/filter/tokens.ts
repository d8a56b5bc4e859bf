import { AwsError } from "../../../runtime/error.ts";

export type Token =
  | { readonly kind: "text" | "word" | "symbol"; readonly value: string }
  | { readonly kind: "number"; readonly value: number };

const PATTERN =
  /\s*(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|(?<symbol>!=|<=|>=|[!=<>(){}[\],:]))/y;

/** @throws AwsError `InvalidRequestException` at a character that begins no token. */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  for (let position = 0; position < end; position = PATTERN.lastIndex) {
    PATTERN.lastIndex = position;
    const { text, number, word, symbol } = PATTERN.exec(expression)?.groups ?? {};
    if (text !== undefined) tokens.push({ kind: "text", value: text.replaceAll(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (word !== undefined) tokens.push({ kind: "word", value: word });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", value: symbol });
    else throw invalidFilter(`"${expression.slice(position).trim()}" is not expected`);
  }
  return tokens;
}

export function invalidFilter(reason: string): AwsError {
  return new AwsError("InvalidRequestException", `Invalid filter expression: ${reason}.`);
}
