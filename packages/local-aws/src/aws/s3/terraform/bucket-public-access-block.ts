import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { booleanFrom } from "./xml-values.ts";

export function bucketPublicAccessBlockResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_public_access_block",
    configuration: "publicAccessBlock",
    toDocument: (attributes) => ({
      BlockPublicAcls: String(attributes.block_public_acls === true),
      IgnorePublicAcls: String(attributes.ignore_public_acls === true),
      BlockPublicPolicy: String(attributes.block_public_policy === true),
      RestrictPublicBuckets: String(attributes.restrict_public_buckets === true),
    }),
    fromDocument: (document) => ({
      block_public_acls: booleanFrom(childText(document, "BlockPublicAcls")),
      ignore_public_acls: booleanFrom(childText(document, "IgnorePublicAcls")),
      block_public_policy: booleanFrom(childText(document, "BlockPublicPolicy")),
      restrict_public_buckets: booleanFrom(childText(document, "RestrictPublicBuckets")),
    }),
  });
}
