const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Reverses a text by grapheme clusters, the characters that a reader sees: combining accents stay with their letters,
 * and flags and emoji sequences stay intact.
 */
export const reverse = (text: string): string =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)
    .reverse()
    .join("");
