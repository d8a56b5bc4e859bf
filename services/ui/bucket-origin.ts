export interface BucketAddress {
  readonly bucket: string;
  readonly region: string;
  /** The endpoint of the AWS SDKs, where it is not that of AWS. */
  readonly endpoint: string | undefined;
}

/**
 * The origin of the presigned URLs of a bucket, as the AWS SDK forms them: at an endpoint with an IP address, the
 * bucket is in the path.
 */
export const bucketOrigin = ({ bucket, region, endpoint }: BucketAddress): string =>
  endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).origin;
