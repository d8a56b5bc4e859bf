import { CopyObjectCommand, type Event, PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendTraceHeader } from "../../gateway/testing/send-trace-header.ts";
import { arn, REGION } from "../../runtime/account.ts";
import { Bucket, EventBucket, QUEUE } from "./testing/event-bucket.ts";
import { failure } from "./testing/s3-harness.ts";

const FUNCTION = arn("lambda", "function:listener");
let bucket: EventBucket;

beforeEach(async () => {
  bucket = await EventBucket.start();
});
afterEach(() => bucket.harness.close());

describe("notifications", () => {
  it("describe every change in the format of S3", async () => {
    await bucket.subscribe(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]);
    const { ETag } = await bucket.put("a/b c+ü.txt", "12345");
    await bucket.client.send(
      new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/a/b%20c%2B%C3%BC.txt` }),
    );
    await bucket.remove("copy");
    await bucket.expectEvents(["ObjectCreated:Put", "ObjectCreated:Copy", "ObjectRemoved:Delete"]);
    expect(bucket.records()[0]).toMatchObject({
      eventVersion: expect.stringMatching(/^2\./),
      eventSource: "aws:s3",
      awsRegion: REGION,
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      s3: {
        configurationId: "subscription",
        bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
        object: { key: "a/b+c%2B%C3%BC.txt", size: 5, eTag: ETag?.replaceAll('"', "") },
      },
    });
    expect(bucket.harness.events[0]).toMatchObject({ targetArn: QUEUE, event: { Event: "s3:TestEvent" } });
  });

  it("pass on the tracing header of the request, also after a restart", async () => {
    await bucket.subscribe(["s3:ObjectCreated:*"]);
    bucket.harness.deliveryError = new Error("The queue does not respond.");
    const header = "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1";
    sendTraceHeader(header);
    await bucket.put("a");
    bucket.harness.restart();
    bucket.harness.deliveryError = undefined;
    await bucket.expectEvents(["ObjectCreated:Put"]);
    expect(bucket.harness.events.at(-1)?.traceHeader).toBe(header);
  });

  it("include versions and delete markers", async () => {
    await bucket.setVersioning("Enabled");
    await bucket.subscribe(["s3:ObjectCreated:Put", "s3:ObjectRemoved:DeleteMarkerCreated"]);
    const { VersionId } = await bucket.put("k");
    await bucket.remove("k");
    await bucket.expectEvents(["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated"]);
    expect(bucket.records()[0]?.s3.object.versionId).toBe(VersionId);
  });

  it("are filtered by event, prefix and suffix", async () => {
    await bucket.subscribe(["s3:ObjectCreated:Put"], { prefix: "in/", suffix: ".txt" }, FUNCTION);
    for (const key of ["in/a.txt", "in/b.bin", "out/c.txt", "in/d.txt"]) await bucket.put(key);
    await bucket.remove("in/a.txt");
    await bucket.put("in/last.txt");
    const keys = () => bucket.records().map(({ s3 }) => s3.object.key);
    await expect.poll(keys).toEqual(["in/a.txt", "in/d.txt", "in/last.txt"]);
  });

  it("have increasing sequencers for each key, across restarts and backward clock changes", async () => {
    await bucket.subscribe(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("put", "delete", "restart", "back"), { maxLength: 12 }),
        async (steps) => {
          bucket.harness.events.length = 0;
          await bucket.put("k");
          for (const step of steps) {
            if (step === "put") await bucket.put("k");
            if (step === "delete") await bucket.remove("k");
            if (step === "restart") bucket.harness.restart();
            if (step === "back") bucket.harness.clockOffset -= 60_000;
          }
          await bucket.put("k");
          await expect.poll(() => bucket.harness.s3.store.deliveries()).toEqual([]);
          const sequencers = bucket.records().map(({ s3 }) => s3.object.sequencer);
          expect(sequencers.length).toBeGreaterThanOrEqual(2);
          expect(sequencers).toEqual([...new Set(sequencers)].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("are sent again when they were not accepted, even after a restart", async () => {
    await bucket.subscribe(["s3:ObjectCreated:*"]);
    bucket.harness.deliveryError = new Error("unavailable");
    await bucket.put("a");
    await bucket.put("b");
    bucket.harness.restart();
    expect(bucket.records()).toEqual([]);
    bucket.harness.deliveryError = undefined;
    await bucket.expectEvents(["ObjectCreated:Put", "ObjectCreated:Put"]);
    expect(bucket.records().map(({ s3 }) => s3.object.key)).toEqual(["a", "b"]);
    await expect.poll(() => bucket.harness.s3.store.deliveries()).toEqual([]);
  });

  it("reject targets that do not accept the test event, unknown events and overlapping configurations", async () => {
    bucket.harness.deliveryError = new Error("queue does not exist");
    await expect(bucket.subscribe(["s3:ObjectCreated:*"])).rejects.toMatchObject(failure("InvalidArgument", 400));
    bucket.harness.deliveryError = undefined;
    await expect(bucket.subscribe(["s3:NoSuchEvent" as Event])).rejects.toMatchObject(failure("InvalidArgument", 400));
    const twice = [
      { QueueArn: QUEUE, Events: ["s3:ObjectCreated:*"] as Event[] },
      { QueueArn: QUEUE, Events: ["s3:ObjectCreated:Put"] as Event[] },
    ];
    const overlapping = bucket.client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { QueueConfigurations: twice },
      }),
    );
    await expect(overlapping).rejects.toMatchObject(failure("InvalidArgument", 400));
  });
});
