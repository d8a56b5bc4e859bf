import {
  CreateBucketCommand,
  DeleteObjectCommand,
  type Event,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { arn } from "../../../runtime/account.ts";
import { type S3Harness, s3Harness } from "./s3-harness.ts";

export const Bucket = "nv-demo-storage";
export const QUEUE = arn("sqs", "events");

export interface EventRecord {
  readonly eventName: string;
  readonly s3: { readonly object: { readonly key: string; readonly sequencer: string; readonly versionId?: string } };
}

/** For tests: S3 with a bucket whose events are recorded. */
export class EventBucket {
  readonly harness: S3Harness;
  readonly client: S3Client;

  private constructor(harness: S3Harness) {
    this.harness = harness;
    this.client = harness.client();
  }

  static async start(): Promise<EventBucket> {
    const bucket = new EventBucket(await s3Harness());
    await bucket.client.send(new CreateBucketCommand({ Bucket }));
    return bucket;
  }

  /** The records received so far, without test events. */
  records(): EventRecord[] {
    return this.harness.events.flatMap(({ event }) => (event as { Records?: EventRecord[] }).Records ?? []);
  }

  async expectEvents(names: string[]): Promise<void> {
    await expect.poll(() => this.records().map(({ eventName }) => eventName)).toEqual(names);
  }

  put(Key: string, Body = Key) {
    return this.client.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  remove(Key: string) {
    return this.client.send(new DeleteObjectCommand({ Bucket, Key }));
  }

  subscribe(Events: Event[], filter: { prefix?: string; suffix?: string } = {}, targetArn = QUEUE) {
    const FilterRules = Object.entries(filter).map(([Name, Value]) => ({ Name: Name as "prefix" | "suffix", Value }));
    const common = { Id: "subscription", Events, Filter: { Key: { FilterRules } } };
    return this.client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration:
          targetArn === QUEUE
            ? { QueueConfigurations: [{ ...common, QueueArn: targetArn }] }
            : { LambdaFunctionConfigurations: [{ ...common, LambdaFunctionArn: targetArn }] },
      }),
    );
  }

  setVersioning(Status: "Enabled" | "Suspended") {
    return this.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  }
}
