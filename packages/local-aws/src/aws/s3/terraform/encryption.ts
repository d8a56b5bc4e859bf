import { child, children, text } from "../xml.ts";
import { blockOf, blocksOf, booleanFrom, scalarOf, textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const encryption: ConfigurationResource = {
  type: "aws_s3_bucket_server_side_encryption_configuration",
  configuration: "encryption",
  toDocument: ({ rule }) => ({
    Rule: blocksOf(rule).map((attributes) => {
      const byDefault = blockOf(attributes.apply_server_side_encryption_by_default);
      return {
        ApplyServerSideEncryptionByDefault: byDefault && {
          SSEAlgorithm: textOf(byDefault.sse_algorithm),
          KMSMasterKeyID: textOf(byDefault.kms_master_key_id),
        },
        BucketKeyEnabled: scalarOf(attributes.bucket_key_enabled),
      };
    }),
  }),
  fromDocument: (document) => ({
    rule: children(document, "Rule").map((rule) => {
      const byDefault = child(rule, "ApplyServerSideEncryptionByDefault");
      return {
        apply_server_side_encryption_by_default: byDefault
          ? [
              {
                sse_algorithm: text(byDefault, "SSEAlgorithm"),
                kms_master_key_id: text(byDefault, "KMSMasterKeyID") ?? "",
              },
            ]
          : [],
        bucket_key_enabled: booleanFrom(text(rule, "BucketKeyEnabled")),
      };
    }),
  }),
};
