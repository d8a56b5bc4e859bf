import { blocks, optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { children, childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";

export function bucketOwnershipControlsResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_ownership_controls",
    configuration: "ownershipControls",
    toDocument: ({ rule }) => ({
      Rule: blocks(rule).map(({ object_ownership }) => ({ ObjectOwnership: optionalText(object_ownership) })),
    }),
    fromDocument: (document) => ({
      rule: children(document, "Rule").map((rule) => ({ object_ownership: childText(rule, "ObjectOwnership") })),
    }),
  });
}
