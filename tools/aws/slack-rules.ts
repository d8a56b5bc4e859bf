import * as v from "valibot";

/**
 * The rules by which Slack accepts a message with blocks, limits in characters:
 * https://docs.slack.dev/reference/block-kit/blocks
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
const text = (maximum: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));
const plainText = (maximum: number) =>
  v.strictObject({ type: v.literal("plain_text"), text: text(maximum), emoji: v.optional(v.boolean()) });
const markdown = (maximum: number) =>
  v.strictObject({ type: v.literal("mrkdwn"), text: text(maximum), verbatim: v.optional(v.boolean()) });
const anyText = (maximum: number) => v.union([markdown(maximum), plainText(maximum)]);
const blockId = { block_id: v.optional(text(255)) };

const block = v.variant("type", [
  v.strictObject({ type: v.literal("header"), text: plainText(150), ...blockId }),
  v.pipe(
    v.strictObject({
      type: v.literal("section"),
      text: v.optional(anyText(3000)),
      fields: v.optional(v.pipe(v.array(anyText(2000)), v.minLength(1), v.maxLength(10))),
      ...blockId,
    }),
    v.check(({ text: own, fields }) => own !== undefined || fields !== undefined),
  ),
  v.strictObject({
    type: v.literal("context"),
    elements: v.pipe(v.array(anyText(3000)), v.minLength(1), v.maxLength(10)),
    ...blockId,
  }),
  v.strictObject({ type: v.literal("divider"), ...blockId }),
]);

const blocks = v.pipe(v.array(block), v.maxLength(50));

/** https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const MAXIMUM_TEXT = 40_000;

export interface SlackContent {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** The word with which Slack rejects a message, or the message. */
export function readSlackMessage(body: unknown): SlackContent | { readonly rejection: string } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { rejection: "invalid_payload" };
  const { text: fallback = "", blocks: given = [] } = body as { text?: unknown; blocks?: unknown };
  if (typeof fallback !== "string" || !Array.isArray(given)) return { rejection: "invalid_payload" };
  if (fallback === "" && given.length === 0) return { rejection: "no_text" };
  if (fallback.length > MAXIMUM_TEXT) return { rejection: "msg_too_long" };
  if (!v.is(blocks, given)) return { rejection: "invalid_blocks" };
  return { text: fallback, blocks: given };
}
