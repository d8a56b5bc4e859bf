import { randomBytes } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const { kind, prefix, awsVariables } = target;
const settings = clientSettings(awsVariables);
const Bucket = `${prefix}-storage`;

/** Invokes the function like the nightly schedule. */
async function reconcile(): Promise<unknown> {
  const lambda = new LambdaClient(settings);
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({
      FunctionName: `${prefix}-postgres-update-reconcile`,
      Payload: JSON.stringify({ name: "reconcile", bucket: Bucket }),
    }),
  );
  lambda.destroy();
  const result: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || "null");
  expect(FunctionError, JSON.stringify(result)).toBeUndefined();
  return result;
}

it.skipIf(kind !== "local")(
  "reconciles objects whose events were lost, and changes nothing the second time",
  async () => {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const files = new FilesClient();
    const Key = `spec-${randomBytes(4).toString("hex")}/without-event`;
    const { $metadata, ...NotificationConfiguration } = await s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket }),
    );
    const notify = (configuration: typeof NotificationConfiguration) =>
      s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: configuration }));

    await notify({});
    try {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "twelve bytes" }));
    } finally {
      await notify(NotificationConfiguration);
    }
    expect(await files.list({ prefix: Key })).toEqual([]);
    expect(await reconcile()).toMatchObject({ added: 1, removed: 0 });
    expect(await files.list({ prefix: Key })).toMatchObject([{ prefix_path: Key, size: 12 }]);
    expect(await reconcile()).toMatchObject({ added: 0, corrected: 0, removed: 0 });
    await files.delete(Key);
    s3.destroy();
  },
);
