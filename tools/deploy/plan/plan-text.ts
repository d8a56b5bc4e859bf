/** Terraform's symbols of changes → those of a diff, which has none for `~` and `-/+`. */
const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/^( *)(-\/\+|\+\/-)( .*)$/, "-"],
  [/^( *)(\+)( .*)$/, "+"],
  [/^( *)(-)( .*)$/, "-"],
  [/^( *)(~)( .*)$/, "!"],
];

/** The changes follow this line. The lines before it explain the symbols. */
const HEADING = "Terraform will perform the following actions:\n";

/** Terraform's text of a plan as a diff, which GitHub colors: the symbols are in the first column. */
export function asDiff(text: string): string {
  return (text.split(HEADING)[1] ?? text)
    .replace(/^\n+|\s+$/g, "")
    .split("\n")
    .map((line) => {
      for (const [pattern, symbol] of SYMBOLS) {
        const [, space, original = "", rest] = pattern.exec(line) ?? [];
        if (space !== undefined) return `${symbol}${space}${original.length > 1 ? original : ""}${rest}`;
      }
      return ` ${line}`.trimEnd();
    })
    .join("\n");
}

/** A Markdown code block with a fence that is longer than any in the text. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fenceMarks = "`".repeat(longest + 1);
  return `${fenceMarks}${language}\n${text}\n${fenceMarks}`;
}
