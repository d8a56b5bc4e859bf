/** A Markdown code block with a fence that is longer than any in the text. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fenceMarks = "`".repeat(longest + 1);
  return `${fenceMarks}${language}\n${text}\n${fenceMarks}`;
}
