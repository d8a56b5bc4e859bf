/** Terraform's marks of a change, and how a diff says the same: `~` and `-/+` have no mark of their own there. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^( *)(-\/\+|\+\/-)( .*)$/, "-"],
  [/^( *)(\+)( .*)$/, "+"],
  [/^( *)(-)( .*)$/, "-"],
  [/^( *)(~)( .*)$/, "!"],
];

/** After it the changes begin; before it Terraform explains its marks. */
const BEGINNING = "Terraform will perform the following actions:\n";

/** Terraform's text of a plan in the form of a diff, which GitHub colours: the marks stand first in their lines. */
export function asDiff(text: string): string {
  return (text.split(BEGINNING)[1] ?? text)
    .replace(/^\n+|\s+$/g, "")
    .split("\n")
    .map((line) => {
      for (const [pattern, mark] of MARKS) {
        const [, space, terraforms = "", rest] = pattern.exec(line) ?? [];
        if (space !== undefined) return `${mark}${space}${terraforms.length > 1 ? terraforms : ""}${rest}`;
      }
      return ` ${line}`.trimEnd();
    })
    .join("\n");
}

/** A code block of Markdown that nothing in the text can end. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}
