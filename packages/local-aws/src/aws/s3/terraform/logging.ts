import { child, text } from "../xml.ts";
import { textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

/** Kept, so that clients see it; access logs themselves are not written here. */
export const logging: ConfigurationResource = {
  type: "aws_s3_bucket_logging",
  configuration: "logging",
  toDocument: ({ target_bucket, target_prefix }) => ({
    LoggingEnabled: { TargetBucket: textOf(target_bucket), TargetPrefix: textOf(target_prefix) ?? "" },
  }),
  fromDocument: (document) => {
    const enabled = child(document, "LoggingEnabled");
    return { target_bucket: text(enabled, "TargetBucket"), target_prefix: text(enabled, "TargetPrefix") };
  },
};
