import * as v from "valibot";
import { parseJson } from "../../lib/json/parse-json.ts";
import { decodeEventKey } from "../../lib/keys/event-key.ts";

/** An event for a key: an object was stored, removed, or lost one of its versions. */
export interface Change {
  readonly bucket: string;
  readonly key: string;
  readonly happenedAt: string;
  /** Whether the event stored the object, so that its time is the date of the file. */
  readonly stored: boolean;
  /** Orders the events of one key. S3 guarantees it for puts and deletes only, so an expiration may lack it. */
  readonly sequencer: string | undefined;
}

/** A message is not a supported S3 event notification. The error does not contain the message. */
export class InvalidNotificationError extends Error {
  override readonly name = "InvalidNotificationError";
  readonly code = "InvalidNotification";
}

/** The length of a sequencer in the table. */
export const SEQUENCER_LENGTH = 64;

const sequencer = v.pipe(
  v.string(),
  v.regex(/^[0-9A-Fa-f]+$/),
  v.maxLength(SEQUENCER_LENGTH),
  v.transform((text) => text.toUpperCase()),
);

/** Version 2 of the event structure; minor versions only add members. */
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

/** The event types that change the object of a key; those for tags, restores and ACLs do not. */
const relevant = /^(ObjectCreated|ObjectRemoved|LifecycleExpiration):/;

/**
 * Parses the body of an SQS message. The test event that S3 sends when notifications are configured has no changes.
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
      // PostgreSQL cannot store it, and S3 does not accept it.
      if (key.includes("\0")) throw new InvalidNotificationError("The key contains a NUL character");
      const stored = eventName.startsWith("ObjectCreated:");
      return { bucket: s3.bucket.name, key, happenedAt: eventTime, stored, sequencer: s3.object.sequencer };
    },
  );
}
