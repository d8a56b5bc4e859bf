import { children, text } from "../xml.ts";
import { blocksOf, textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const ownershipControls: ConfigurationResource = {
  type: "aws_s3_bucket_ownership_controls",
  configuration: "ownershipControls",
  toDocument: ({ rule }) => ({
    Rule: blocksOf(rule).map(({ object_ownership }) => ({ ObjectOwnership: textOf(object_ownership) })),
  }),
  fromDocument: (document) => ({
    rule: children(document, "Rule").map((rule) => ({ object_ownership: text(rule, "ObjectOwnership") })),
  }),
};
