import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";

/**
 * Functions that write and read complete objects of one bucket.
 *
 * @param client is called for each request, because tests create the client after they call this function.
 */
export function bucketObjects(client: () => S3Client, Bucket: string) {
  return {
    /** Writes an object. Default content: its key. */
    put: (Key: string, Body: PutObjectCommandInput["Body"] = Key, options: Partial<PutObjectCommandInput> = {}) =>
      client().send(new PutObjectCommand({ Bucket, Key, Body, ...options })),

    get: async (Key: string, options: Partial<GetObjectCommandInput> = {}) => {
      const output = await client().send(new GetObjectCommand({ Bucket, Key, ...options }));
      return { ...output, bytes: Buffer.from((await output.Body?.transformToByteArray()) ?? []) };
    },
  };
}
