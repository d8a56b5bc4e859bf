/** A part of a line of Markdown. */
export type Inline =
  | { readonly kind: "text" | "code" | "strong"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:[^)\s]+)\)/g;

/** The part of Markdown that text widgets use: headings, paragraphs, lists, links, code and strong text. */
export function parseMarkdown(markdown: string): Block[] {
  return markdown
    .split(/\n\s*\n/)
    .flatMap((paragraph) => splitHeadings(paragraph.trim()))
    .filter((paragraph) => paragraph !== "")
    .map(parseBlock);
}

/** Headings end at the end of their line. */
function splitHeadings(paragraph: string): string[] {
  return paragraph.split(/^(#{1,6} .*)$/m).map((part) => part.trim());
}

function parseBlock(text: string): Block {
  const [, marks, title] = /^(#{1,6}) (.*)$/.exec(text) ?? [];
  if (marks !== undefined && title !== undefined) {
    return { kind: "heading", level: marks.length, content: parseInline(title) };
  }
  const lines = text.split("\n");
  if (lines.every((line) => /^\s*[-*] /.test(line))) {
    return { kind: "list", items: lines.map((line) => parseInline(line.replace(/^\s*[-*] /, ""))) };
  }
  return { kind: "paragraph", content: parseInline(lines.join(" ")) };
}

function parseInline(text: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, label, url] = match;
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (label !== undefined && url !== undefined) found.push({ kind: "link", text: label, url });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}
