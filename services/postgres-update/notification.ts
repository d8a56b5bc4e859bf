import * as v from "valibot";
import { decodeEventKey } from "../../lib/keys/event-key.ts";

/** Something happened to a key: it was stored, removed, or lost one of its versions. */
export interface Change {
  readonly bucket: string;
  readonly key: string;
  readonly happenedAt: string;
  /** Whether an object was stored, so that the key's content dates from this change. */
  readonly stored: boolean;
  /** Orders the changes of one key. S3 promises it for puts and deletes only, so an expiry may come without. */
  readonly sequencer: string | undefined;
}

/** A message is not an S3 event notification that this program understands. It says why, and never repeats the content. */
export class InvalidNotificationError extends Error {
  override readonly name = "InvalidNotificationError";
  readonly code = "InvalidNotification";
}

/** The longest sequencer that the table keeps. */
export const SEQUENCER_LENGTH = 64;

const sequencer = v.pipe(
  v.string(),
  v.regex(/^[0-9A-Fa-f]+$/),
  v.maxLength(SEQUENCER_LENGTH),
  v.transform((text) => text.toUpperCase()),
);

/** The structure of version 2; new minor versions only add to it. */
const record = v.object({
  eventVersion: v.pipe(v.string(), v.regex(/^2\.\d+$/)),
  eventSource: v.literal("aws:s3"),
  eventName: v.string(),
  eventTime: v.pipe(v.string(), v.isoTimestamp()),
  s3: v.object({
    bucket: v.object({ name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)) }),
    object: v.object({ key: v.pipe(v.string(), v.nonEmpty()), sequencer: v.optional(sequencer) }),
  }),
});

const testEvent = v.object({ Service: v.literal("Amazon S3"), Event: v.literal("s3:TestEvent") });
const notification = v.union([testEvent, v.object({ Records: v.array(record) })]);

/** The kinds of event that change what a key holds; tags, restores and access lists do not. */
const relevant = /^(ObjectCreated|ObjectRemoved|LifecycleExpiration):/;

/**
 * The changes in the body of an SQS message. The test event that S3 sends when the notification is configured holds none.
 *
 * @throws InvalidNotificationError, InvalidEventKeyError
 */
export function parseNotification(body: string): readonly Change[] {
  const parsed = v.safeParse(notification, parseJson(body));
  if (!parsed.success) throw new InvalidNotificationError("The message is not an S3 event notification");
  if (!("Records" in parsed.output)) return [];
  return parsed.output.Records.filter(({ eventName }) => relevant.test(eventName)).map(
    ({ eventName, eventTime, s3 }) => {
      const key = decodeEventKey(s3.object.key);
      // PostgreSQL cannot keep it, and S3 does not accept it.
      if (key.includes("\0")) throw new InvalidNotificationError("The key holds a NUL character");
      const stored = eventName.startsWith("ObjectCreated:");
      return { bucket: s3.bucket.name, key, happenedAt: eventTime, stored, sequencer: s3.object.sequencer };
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
