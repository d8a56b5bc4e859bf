const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The text from its end to its beginning, by what a reader sees as one character: an accent stays on its letter, a flag stays a flag, and a family
 * of emoji stays together.
 */
export const reverse = (text: string): string =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)
    .reverse()
    .join("");
