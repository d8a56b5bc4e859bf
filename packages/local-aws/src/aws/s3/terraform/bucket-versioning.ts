import { blocks, optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";

export function bucketVersioningResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_versioning",
    configuration: "versioning",
    toDocument: ({ versioning_configuration }) => ({
      Status: optionalText(blocks(versioning_configuration)[0]?.status),
    }),
    fromDocument: (document) => ({
      versioning_configuration: [{ status: childText(document, "Status") ?? "Suspended", mfa_delete: "" }],
    }),
    // Versioning can be suspended, but never removed.
    afterDelete: { Status: "Suspended" },
  });
}
