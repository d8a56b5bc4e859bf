/** Upper bound of the width of a character of 12 pixels; the reader's font is unknown. */
export const CHARACTER = 6.6;

/** Of a label of 12 pixels. */
export const LINE_HEIGHT = 14;

/** Splits a label at spaces, hyphens and periods into lines that fit a width in pixels. */
export function wrapLabel(label: string, width = 92): string[] {
  const lines: string[] = [];
  for (const word of label.split(/(?<=[ \-.])/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && (last + word).trimEnd().length * CHARACTER <= width)
      lines[lines.length - 1] = last + word;
    else lines.push(word);
  }
  return lines.map((line) => line.trimEnd());
}
