import { optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";

export function bucketPolicyResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_policy",
    configuration: "policy",
    toDocument: (attributes) => ({ Policy: optionalText(attributes.policy) }),
    fromDocument: (document) => ({ policy: childText(document, "Policy") }),
  });
}
