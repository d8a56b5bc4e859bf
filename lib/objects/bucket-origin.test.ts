import { expect, it } from "vitest";
import { bucketOrigin } from "./bucket-origin.ts";
import { createS3Client, S3ObjectStore } from "./s3-object-store.ts";

it.each([undefined, "http://127.0.0.1:9000"])(
  "is the origin of presigned URLs with the endpoint %s",
  async (endpoint) => {
    const [bucket, region] = ["nv-demo-storage", "eu-west-1"];
    const credentials = async () => ({ accessKeyId: "a", secretAccessKey: "b" });
    const client = createS3Client({ region, credentials, endpoint: () => endpoint });
    const url = await new S3ObjectStore(client, bucket).presignGet("key", 60, "inline");
    expect(bucketOrigin({ BUCKET_NAME: bucket, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint })).toBe(
      new URL(url).origin,
    );
  },
);
