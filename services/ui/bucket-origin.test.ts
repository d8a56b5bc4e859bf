import { expect, it } from "vitest";
import { createS3Client, S3ObjectStore } from "../../lib/objects/s3-object-store.ts";
import { bucketOrigin } from "./bucket-origin.ts";

it.each([undefined, "http://127.0.0.1:9000"])(
  "is the origin of presigned URLs with the endpoint %s",
  async (endpoint) => {
    const address = { bucket: "nv-demo-storage", region: "eu-west-1", endpoint };
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const client = createS3Client({ region: address.region, credentials, ...(endpoint && { endpoint }) });
    const url = await new S3ObjectStore(client, address.bucket).presignGet("key", 60, "inline");
    expect(bucketOrigin(address)).toBe(new URL(url).origin);
  },
);
