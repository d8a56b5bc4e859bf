import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js";
import { Construct } from "constructs";

export interface BucketCorsProps {
  readonly bucket: string;
  /** The origins of the pages, such as `https://files.example.com`. */
  readonly origins: readonly string[];
}

/**
 * Allows pages to use the presigned URLs of a bucket. Without it, a browser sends neither a part nor follows a redirect
 * to a large file.
 */
export class BucketCors extends Construct {
  constructor(scope: Construct, id: string, { bucket, origins }: BucketCorsProps) {
    super(scope, id);
    new S3BucketCorsConfiguration(this, "Rules", {
      bucket,
      corsRule: [
        {
          allowedMethods: ["GET", "HEAD", "PUT"],
          allowedOrigins: [...origins],
          allowedHeaders: ["content-md5", "content-type", "if-*", "range", "x-amz-*"],
          // A client completes an upload with the ETags of its parts.
          exposeHeaders: ["ETag", "Content-Range", "Accept-Ranges"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  }
}
