/** Reads an object of S3 that contains a deployment package. Rejects or throws an `AwsError` when it cannot be read. */
export type ReadObject = (
  bucket: string,
  key: string,
  versionId: string | undefined,
) => Promise<Uint8Array> | Uint8Array;
