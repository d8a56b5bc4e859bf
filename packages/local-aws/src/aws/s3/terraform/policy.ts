import { text } from "../xml.ts";
import { textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const policy: ConfigurationResource = {
  type: "aws_s3_bucket_policy",
  configuration: "policy",
  toDocument: (attributes) => ({ Policy: textOf(attributes.policy) }),
  fromDocument: (document) => ({ policy: text(document, "Policy") }),
};
