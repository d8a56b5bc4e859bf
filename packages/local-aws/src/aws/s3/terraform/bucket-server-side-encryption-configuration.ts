import { blocks, optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { child, children, childText } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { booleanFrom, scalarOf } from "./xml-values.ts";

export function bucketServerSideEncryptionConfigurationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_server_side_encryption_configuration",
    configuration: "encryption",
    toDocument: ({ rule }) => ({
      Rule: blocks(rule).map((attributes) => {
        const defaults = blocks(attributes.apply_server_side_encryption_by_default)[0];
        return {
          ApplyServerSideEncryptionByDefault: defaults && {
            SSEAlgorithm: optionalText(defaults.sse_algorithm),
            KMSMasterKeyID: optionalText(defaults.kms_master_key_id),
          },
          BucketKeyEnabled: scalarOf(attributes.bucket_key_enabled),
        };
      }),
    }),
    fromDocument: (document) => ({
      rule: children(document, "Rule").map((rule) => {
        const defaults = child(rule, "ApplyServerSideEncryptionByDefault");
        return {
          apply_server_side_encryption_by_default: defaults
            ? [
                {
                  sse_algorithm: childText(defaults, "SSEAlgorithm"),
                  kms_master_key_id: childText(defaults, "KMSMasterKeyID") ?? "",
                },
              ]
            : [],
          bucket_key_enabled: booleanFrom(childText(rule, "BucketKeyEnabled")),
        };
      }),
    }),
  });
}
