import { REGION } from "../../runtime/account.ts";
import { bucketArn, encodeKey } from "./names.ts";
import type { ObjectVersion } from "./object-version.ts";

export type EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "LifecycleExpiration:Delete"
  | "LifecycleExpiration:DeleteMarkerCreated";

/** An event of a version of an object. */
export interface ObjectEvent {
  readonly name: EventName;
  readonly version: Pick<ObjectVersion, "bucket" | "key" | "versionId" | "size" | "etag">;
  /** The source of the sequencer. A removal has its own, greater than that of the removed version. */
  readonly sequence: number;
  readonly time: number;
  readonly principalId: string;
  readonly requestId: string;
}

/**
 * The message that S3 sends: one record per event.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function eventDocument(event: ObjectEvent, configurationId: string): object {
  const { bucket, key, versionId, size, etag } = event.version;
  return {
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: REGION,
        eventTime: new Date(event.time).toISOString(),
        eventName: event.name,
        userIdentity: { principalId: event.principalId },
        requestParameters: { sourceIPAddress: "127.0.0.1" },
        responseElements: { "x-amz-request-id": event.requestId, "x-amz-id-2": event.requestId },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId,
          bucket: { name: bucket, ownerIdentity: { principalId: "local" }, arn: bucketArn(bucket) },
          object: {
            key: encodeKey(key).replaceAll("%20", "+"),
            ...(event.name.endsWith(":Delete") ? {} : { size, eTag: etag }),
            ...(versionId === "null" ? {} : { versionId }),
            sequencer: sequencer(event.sequence),
          },
        },
      },
    ],
  };
}

/** The message that S3 sends to a queue or topic when it becomes a target. */
export function testEventDocument(bucket: string, time: number, requestId: string): object {
  return {
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date(time).toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: requestId,
  };
}

/** Hexadecimal with a constant length, so that events of a key can be compared as strings. */
function sequencer(sequence: number): string {
  return sequence.toString(16).toUpperCase().padStart(18, "0");
}
