import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  type Event,
  GetObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arn, REGION } from "../../runtime/account.ts";
import { failure, type S3Harness, s3Harness } from "./testing/s3-harness.ts";

const Bucket = "nv-demo-storage";
const QUEUE = arn("sqs", "events");
const FUNCTION = arn("lambda", "function:listener");
const DAY_MS = 24 * 60 * 60 * 1000;
let harness: S3Harness;
let client: S3Client;

beforeEach(async () => {
  harness = await s3Harness();
  client = harness.client();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterEach(() => harness.close());

interface EventRecord {
  readonly eventName: string;
  readonly s3: { readonly object: { readonly key: string; readonly sequencer: string; readonly versionId?: string } };
}

/** The records received so far, without test events. */
const records = (): EventRecord[] =>
  harness.events.flatMap(({ event }) => (event as { Records?: EventRecord[] }).Records ?? []);

const expectEvents = (names: string[]) => expect.poll(() => records().map(({ eventName }) => eventName)).toEqual(names);

const put = (Key: string, Body = Key) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
const remove = (Key: string) => client.send(new DeleteObjectCommand({ Bucket, Key }));

const subscribe = (Events: Event[], filter: { prefix?: string; suffix?: string } = {}, targetArn = QUEUE) => {
  const FilterRules = Object.entries(filter).map(([Name, Value]) => ({ Name: Name as "prefix" | "suffix", Value }));
  const common = { Id: "subscription", Events, Filter: { Key: { FilterRules } } };
  return client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration:
        targetArn === QUEUE
          ? { QueueConfigurations: [{ ...common, QueueArn: targetArn }] }
          : { LambdaFunctionConfigurations: [{ ...common, LambdaFunctionArn: targetArn }] },
    }),
  );
};

const setVersioning = (Status: "Enabled" | "Suspended") =>
  client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

describe("notifications", () => {
  it("describe every change in the format of S3", async () => {
    await subscribe(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]);
    const { ETag } = await put("a/b c+ü.txt", "12345");
    await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/a/b%20c%2B%C3%BC.txt` }));
    await remove("copy");
    await expectEvents(["ObjectCreated:Put", "ObjectCreated:Copy", "ObjectRemoved:Delete"]);
    expect(records()[0]).toMatchObject({
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
    expect(harness.events[0]).toMatchObject({ targetArn: QUEUE, event: { Event: "s3:TestEvent" } });
  });

  it("include versions and delete markers", async () => {
    await setVersioning("Enabled");
    await subscribe(["s3:ObjectCreated:Put", "s3:ObjectRemoved:DeleteMarkerCreated"]);
    const { VersionId } = await put("k");
    await remove("k");
    await expectEvents(["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated"]);
    expect(records()[0]?.s3.object.versionId).toBe(VersionId);
  });

  it("are filtered by event, prefix and suffix", async () => {
    await subscribe(["s3:ObjectCreated:Put"], { prefix: "in/", suffix: ".txt" }, FUNCTION);
    for (const key of ["in/a.txt", "in/b.bin", "out/c.txt", "in/d.txt"]) await put(key);
    await remove("in/a.txt");
    await put("in/last.txt");
    const keys = () => records().map(({ s3 }) => s3.object.key);
    await expect.poll(keys).toEqual(["in/a.txt", "in/d.txt", "in/last.txt"]);
  });

  it("have increasing sequencers for each key, across restarts and backward clock changes", async () => {
    await subscribe(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("put", "delete", "restart", "back"), { maxLength: 12 }),
        async (steps) => {
          harness.events.length = 0;
          await put("k");
          for (const step of steps) {
            if (step === "put") await put("k");
            if (step === "delete") await remove("k");
            if (step === "restart") harness.restart();
            if (step === "back") harness.clockOffset -= 60_000;
          }
          await put("k");
          await expect.poll(() => harness.s3.store.deliveries()).toEqual([]);
          const sequencers = records().map(({ s3 }) => s3.object.sequencer);
          expect(sequencers.length).toBeGreaterThanOrEqual(2);
          expect(sequencers).toEqual([...new Set(sequencers)].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("are sent again when they were not accepted, even after a restart", async () => {
    await subscribe(["s3:ObjectCreated:*"]);
    harness.deliveryError = new Error("unavailable");
    await put("a");
    await put("b");
    harness.restart();
    expect(records()).toEqual([]);
    harness.deliveryError = undefined;
    await expectEvents(["ObjectCreated:Put", "ObjectCreated:Put"]);
    expect(records().map(({ s3 }) => s3.object.key)).toEqual(["a", "b"]);
    await expect.poll(() => harness.s3.store.deliveries()).toEqual([]);
  });

  it("reject targets that do not accept the test event, unknown events and overlapping configurations", async () => {
    harness.deliveryError = new Error("queue does not exist");
    await expect(subscribe(["s3:ObjectCreated:*"])).rejects.toMatchObject(failure("InvalidArgument", 400));
    harness.deliveryError = undefined;
    await expect(subscribe(["s3:NoSuchEvent" as Event])).rejects.toMatchObject(failure("InvalidArgument", 400));
    const twice = [
      { QueueArn: QUEUE, Events: ["s3:ObjectCreated:*"] as Event[] },
      { QueueArn: QUEUE, Events: ["s3:ObjectCreated:Put"] as Event[] },
    ];
    const overlapping = client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { QueueConfigurations: twice },
      }),
    );
    await expect(overlapping).rejects.toMatchObject(failure("InvalidArgument", 400));
  });
});

describe("lifecycle rules", () => {
  const rules = (...Rules: Partial<LifecycleRule>[]) =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: Rules.map((rule, index) => ({
            ID: `rule-${index}`,
            Status: "Enabled",
            Filter: { Prefix: "" },
            ...rule,
          })),
        },
      }),
    );
  const later = (days: number) => {
    harness.clockOffset += days * DAY_MS;
    harness.s3.applyLifecycleRules();
  };
  const exists = async (Key: string) => {
    const read = client.send(new GetObjectCommand({ Bucket, Key }));
    return read.then(
      () => true,
      () => false,
    );
  };

  it("expire objects after the given days, with an event", async () => {
    await subscribe(["s3:LifecycleExpiration:*"]);
    await rules({ Expiration: { Days: 30 } });
    await put("old");
    later(29);
    expect(await exists("old")).toBe(true);
    await put("young");
    later(2);
    expect([await exists("old"), await exists("young")]).toEqual([false, true]);
    await expectEvents(["LifecycleExpiration:Delete"]);
  });

  it("filter by prefix, tags and size", async () => {
    await rules(
      { Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
      {
        Filter: { And: { Tags: [{ Key: "temporary", Value: "yes" }], ObjectSizeGreaterThan: 3 } },
        Expiration: { Days: 1 },
      },
      { Status: "Disabled", Expiration: { Days: 1 } },
    );
    await put("tmp/a");
    await put("untagged", "12345");
    for (const Body of ["123", "12345"]) {
      await client.send(new PutObjectCommand({ Bucket, Key: `size-${Body.length}`, Body, Tagging: "temporary=yes" }));
    }
    later(2);
    const existing = await Promise.all(["tmp/a", "untagged", "size-3", "size-5"].map(exists));
    expect(existing).toEqual([false, true, true, false]);
  });

  it("add a delete marker, then expire noncurrent versions, then the delete marker", async () => {
    await setVersioning("Enabled");
    await subscribe(["s3:LifecycleExpiration:*"]);
    await rules({ Expiration: { Days: 10 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } });
    await put("k", "1");
    await put("k", "2");
    const versions = async () => {
      const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
      return [Versions.length, DeleteMarkers.length];
    };
    later(6);
    expect(await versions()).toEqual([1, 0]);
    later(5);
    expect(await versions()).toEqual([1, 1]);
    later(6);
    expect(await versions()).toEqual([0, 1]);
    later(5);
    expect(await versions()).toEqual([0, 0]);
    const removed = "LifecycleExpiration:Delete";
    await expectEvents([removed, "LifecycleExpiration:DeleteMarkerCreated", removed, removed]);
  });

  it("abort incomplete uploads", async () => {
    await rules({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key: "k" }));
    const uploads = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;
    later(6);
    expect(await uploads()).toBe(1);
    later(2);
    expect(await uploads()).toBe(0);
  });

  it("are rejected when they are invalid", async () => {
    await expect(rules({ Expiration: { Days: 0 } })).rejects.toMatchObject(failure("InvalidArgument", 400));
    await expect(rules({})).rejects.toMatchObject(failure("InvalidRequest", 400));
  });
});
