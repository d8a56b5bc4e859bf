const ELLIPSIS = "…";
/** Characters of the equal part before a difference that stay visible. */
const CONTEXT = 8;

/** Control characters and marks of direction could alter what a terminal shows. JSON.stringify escapes the others. */
const INVISIBLE = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text in double quotes, with everything escaped that a terminal would interpret. */
export function quote(text: string): string {
  return escapeInvisible(JSON.stringify(text));
}

/** A line of a text without quotes, escaped like {@link quote}. */
export function escapeLine(text: string): string {
  return escapeInvisible(JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\"));
}

function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Omits the middle of a text that has more characters than `length`. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const end = Math.floor((length - 1) / 3);
  return [...characters.slice(0, length - 1 - end), ELLIPSIS, ...characters.slice(characters.length - end)].join("");
}

/** A text in double quotes whose escaped middle is omitted where it has more characters than `length`. */
export function quoteShortened(text: string, length: number): string {
  const excess = quote(shorten(text, length)).length - 2 - length;
  return quote(shorten(text, excess > 0 ? Math.max(1, length - excess) : length));
}

/** Shortens two versions of a text so that the first difference between them stays visible. */
export function shortenVersions(before: string, after: string, length: number): readonly [string, string] {
  const [old, current] = [[...before], [...after]];
  const simple = [shorten(before, length), shorten(after, length)] as const;
  if (simple[0] !== simple[1]) return simple;
  const first = old.findIndex((character, index) => character !== current[index]);
  const start = Math.max(0, (first < 0 ? old.length : first) - CONTEXT);
  const window = (characters: readonly string[]) => {
    const visible = characters.slice(start);
    const text = visible.length > length - 2 ? [...visible.slice(0, length - 2), ELLIPSIS] : visible;
    return [ELLIPSIS, ...text].join("");
  };
  return [window(old), window(current)];
}
