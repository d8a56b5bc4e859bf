import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";

/**
 * Short ways to write and read whole objects of one bucket.
 *
 * @param client is asked for at each call, because tests make it before they run and not before they are described.
 */
export function bucketObjects(client: () => S3Client, Bucket: string) {
  return {
    /** An object that holds its own key when nothing else is told. */
    put: (Key: string, Body: PutObjectCommandInput["Body"] = Key, options: Partial<PutObjectCommandInput> = {}) =>
      client().send(new PutObjectCommand({ Bucket, Key, Body, ...options })),

    get: async (Key: string, options: Partial<GetObjectCommandInput> = {}) => {
      const output = await client().send(new GetObjectCommand({ Bucket, Key, ...options }));
      return { ...output, bytes: Buffer.from((await output.Body?.transformToByteArray()) ?? []) };
    },
  };
}
