import * as v from "valibot";

/**
 * The rules by which PagerDuty accepts an event:
 * https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/02-Trigger-Events.md
 */
const text = (maximum: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));
const url = v.pipe(v.string(), v.url());
const anyText = v.optional(v.string());

const common = {
  routing_key: v.pipe(v.string(), v.length(32), v.regex(/^[A-Za-z0-9]+$/)),
  client: anyText,
  client_url: v.optional(url),
  links: v.optional(v.array(v.strictObject({ href: url, text: anyText }))),
  images: v.optional(
    v.array(v.strictObject({ src: v.pipe(url, v.startsWith("https://")), href: v.optional(url), alt: anyText })),
  ),
};

const payload = v.strictObject({
  summary: text(1024),
  source: text(Number.POSITIVE_INFINITY),
  severity: v.picklist(["critical", "error", "warning", "info"]),
  timestamp: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  component: anyText,
  group: anyText,
  class: anyText,
  custom_details: v.optional(v.record(v.string(), v.unknown())),
});

const event = v.variant("event_action", [
  v.strictObject({
    event_action: v.literal("trigger"),
    dedup_key: v.optional(text(255)),
    payload,
    ...common,
  }),
  v.strictObject({
    event_action: v.picklist(["acknowledge", "resolve"]),
    dedup_key: text(255),
    payload: v.optional(payload),
    ...common,
  }),
]);

export type PagerDutyRequest = v.InferOutput<typeof event>;

/** The event, or the errors with which PagerDuty rejects it. */
export function readPagerDutyEvent(body: unknown): PagerDutyRequest | { readonly errors: readonly string[] } {
  const result = v.safeParse(event, body);
  if (result.success) return result.output;
  return { errors: result.issues.map((issue) => `'${v.getDotPath(issue) ?? "event"}' is missing or invalid`) };
}
