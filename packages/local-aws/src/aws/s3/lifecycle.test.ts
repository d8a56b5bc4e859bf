import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bucket, EventBucket } from "./testing/event-bucket.ts";
import { failure } from "./testing/s3-harness.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
let bucket: EventBucket;

beforeEach(async () => {
  bucket = await EventBucket.start();
});
afterEach(() => bucket.harness.close());

describe("lifecycle rules", () => {
  const rules = (...Rules: Partial<LifecycleRule>[]) =>
    bucket.client.send(
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
    bucket.harness.clockOffset += days * DAY_MS;
    bucket.harness.s3.applyLifecycleRules();
  };
  const exists = async (Key: string) => {
    const read = bucket.client.send(new GetObjectCommand({ Bucket, Key }));
    return read.then(
      () => true,
      () => false,
    );
  };

  it("expire objects after the given days, with an event", async () => {
    await bucket.subscribe(["s3:LifecycleExpiration:*"]);
    await rules({ Expiration: { Days: 30 } });
    await bucket.put("old");
    later(29);
    expect(await exists("old")).toBe(true);
    await bucket.put("young");
    later(2);
    expect([await exists("old"), await exists("young")]).toEqual([false, true]);
    await bucket.expectEvents(["LifecycleExpiration:Delete"]);
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
    await bucket.put("tmp/a");
    await bucket.put("untagged", "12345");
    for (const Body of ["123", "12345"]) {
      await bucket.client.send(
        new PutObjectCommand({ Bucket, Key: `size-${Body.length}`, Body, Tagging: "temporary=yes" }),
      );
    }
    later(2);
    const existing = await Promise.all(["tmp/a", "untagged", "size-3", "size-5"].map(exists));
    expect(existing).toEqual([false, true, true, false]);
  });

  it("add a delete marker, then expire noncurrent versions, then the delete marker", async () => {
    await bucket.setVersioning("Enabled");
    await bucket.subscribe(["s3:LifecycleExpiration:*"]);
    await rules({ Expiration: { Days: 10 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } });
    await bucket.put("k", "1");
    await bucket.put("k", "2");
    const versions = async () => {
      const { Versions = [], DeleteMarkers = [] } = await bucket.client.send(new ListObjectVersionsCommand({ Bucket }));
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
    await bucket.expectEvents([removed, "LifecycleExpiration:DeleteMarkerCreated", removed, removed]);
  });

  it("abort incomplete uploads", async () => {
    await rules({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
    await bucket.client.send(new CreateMultipartUploadCommand({ Bucket, Key: "k" }));
    const uploads = async () =>
      (await bucket.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;
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
