import { optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource.ts";
import type { S3Context } from "../context.ts";
import { text } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { blockOf } from "./xml-values.ts";

export function bucketVersioningResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_versioning",
    configuration: "versioning",
    toDocument: ({ versioning_configuration }) => ({ Status: optionalText(blockOf(versioning_configuration)?.status) }),
    fromDocument: (document) => ({
      versioning_configuration: [{ status: text(document, "Status") ?? "Suspended", mfa_delete: "" }],
    }),
    // Versioning can be suspended, but never removed.
    afterDelete: { Status: "Suspended" },
  });
}
