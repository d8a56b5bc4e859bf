/** The members in use of a message: https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackMessage {
  /** Shown in notifications, in place of the blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
  | { readonly type: "section"; readonly text?: Markdown; readonly fields?: readonly Markdown[] }
  | { readonly type: "context"; readonly elements: readonly Markdown[] };

export interface Markdown {
  readonly type: "mrkdwn";
  readonly text: string;
}

/**
 * Limits in characters:
 * https://docs.slack.dev/reference/block-kit/blocks/header-block
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
export const HEADER = 150;
export const SECTION = 3000;
export const FIELD = 2000;
export const context = (text: string): SlackBlock => ({ type: "context", elements: [{ type: "mrkdwn", text }] });

/** `<url|label>`; empty when it is too long, because a cut URL leads elsewhere. */
export function link(url: string, label: string, maximum: number): string {
  const text = `<${escapeCharacters(url.replaceAll("|", "%7C"))}|${label}>`;
  return text.length <= maximum ? text : "";
}

/** Text without formatting, cut at the limit. */
export function plain(text: string, maximum: number): string {
  return cut(text, maximum, (character) => character);
}

/**
 * Text in which the control characters of mrkdwn are escaped, cut at the limit, which counts the escape sequences:
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function markdown(text: string, maximum: number): string {
  return cut(text, maximum, escapeCharacters);
}

function escapeCharacters(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, maximum: number, encode: (character: string) => string): string {
  const characters = Array.from(text.toWellFormed(), encode);
  if (characters.join("").length <= maximum) return characters.join("");
  let result = "";
  for (const character of characters) {
    if (result.length + character.length + 1 > maximum) break;
    result += character;
  }
  return `${result}…`;
}
