import * as v from "valibot";
import { text } from "../environment/parse-environment.ts";

/** The environment variables of a function whose page connects to the bucket. */
export const bucketOriginVariables = {
  AWS_REGION: text,
  BUCKET_NAME: text,
  /** The endpoint of the AWS SDKs, where it is not that of AWS. */
  AWS_ENDPOINT_URL: v.optional(v.pipe(v.string(), v.url())),
};

/**
 * The origin of the presigned URLs of a bucket, as `S3Bucket` forms them: at an endpoint with an IP address, the
 * bucket is in the path.
 */
export const bucketOrigin = (variables: {
  readonly AWS_REGION: string;
  readonly BUCKET_NAME: string;
  readonly AWS_ENDPOINT_URL?: string | undefined;
}): string =>
  variables.AWS_ENDPOINT_URL === undefined
    ? `https://${variables.BUCKET_NAME}.s3.${variables.AWS_REGION}.amazonaws.com`
    : new URL(variables.AWS_ENDPOINT_URL).origin;
