import { expect, it } from "vitest";
import { InvalidEventKeyError } from "../../lib/keys/event-key.ts";
import { InvalidNotificationError, parseNotification } from "./notification.ts";
import { s3Event } from "./testing/s3-event.ts";

const parse = (...records: unknown[]) => parseNotification(JSON.stringify({ Records: records }));

it("parses every record and decodes its key", () => {
  const changes = parse(
    s3Event("a b+c/ü"),
    s3Event("x", { name: "ObjectRemoved:DeleteMarkerCreated", sequencer: "0a" }),
  );
  expect(changes).toEqual([
    {
      bucket: "nv-demo-storage",
      key: "a b+c/ü",
      happenedAt: "2026-01-02T03:04:05.678Z",
      stored: true,
      sequencer: "0055AED6DCD90281E5",
    },
    { bucket: "nv-demo-storage", key: "x", happenedAt: "2026-01-02T03:04:05.678Z", stored: false, sequencer: "0A" },
  ]);
});

it("accepts an expiration without a sequencer", () => {
  const names = ["LifecycleExpiration:Delete", "LifecycleExpiration:DeleteMarkerCreated"];
  expect(parse(...names.map((name) => s3Event("x", { name, sequencer: undefined })))).toHaveLength(2);
});

it("ignores events that change no content, and the test event", () => {
  expect(parse(s3Event("x", { name: "ObjectTagging:Put" }))).toEqual([]);
  expect(parseNotification('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}')).toEqual([]);
});

it.each([
  "",
  "hunter2",
  "null",
  "[]",
  "{}",
  '{"Records":[{}]}',
  JSON.stringify({ Records: [{ ...s3Event("x"), eventVersion: "3.0" }] }),
  JSON.stringify({ Records: [{ ...s3Event("x"), eventTime: "yesterday" }] }),
  JSON.stringify({ Records: [s3Event("x", { sequencer: "not hex" })] }),
  JSON.stringify({ Records: [s3Event("x", { sequencer: "0".repeat(65) })] }),
  JSON.stringify({ Records: [s3Event("x", { bucket: "../b" })] }),
  JSON.stringify({ Records: [s3Event("a\0b")] }),
])("rejects %s without including it in the error", (body) => {
  expect(() => parseNotification(body)).toThrow(InvalidNotificationError);
  expect(() => parseNotification(body)).not.toThrow(/hunter2/);
});

it("rejects a key that is not percent-encoded UTF-8", () => {
  const record = s3Event("x");
  record.s3.object.key = "%ff";
  expect(() => parse(record)).toThrow(InvalidEventKeyError);
});
