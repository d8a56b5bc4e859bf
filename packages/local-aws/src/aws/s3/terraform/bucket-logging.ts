import { optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { child, childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";

/** Stored for clients to read. The local AWS writes no access logs. */
export function bucketLoggingResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_logging",
    configuration: "logging",
    toDocument: ({ target_bucket, target_prefix }) => ({
      LoggingEnabled: { TargetBucket: optionalText(target_bucket), TargetPrefix: optionalText(target_prefix) ?? "" },
    }),
    fromDocument: (document) => {
      const enabled = child(document, "LoggingEnabled");
      return { target_bucket: childText(enabled, "TargetBucket"), target_prefix: childText(enabled, "TargetPrefix") };
    },
  });
}
