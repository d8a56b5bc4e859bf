import { text } from "../xml.ts";
import { blockOf, textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const versioning: ConfigurationResource = {
  type: "aws_s3_bucket_versioning",
  configuration: "versioning",
  toDocument: ({ versioning_configuration }) => ({ Status: textOf(blockOf(versioning_configuration)?.status) }),
  fromDocument: (document) => ({
    versioning_configuration: [{ status: text(document, "Status") ?? "Suspended", mfa_delete: "" }],
  }),
  // a bucket that was versioned can never be unversioned again
  afterDelete: { Status: "Suspended" },
};
