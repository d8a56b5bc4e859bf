import { blocks, optionalText, texts } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { children, childText, childTexts } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { numberFrom, scalarOf } from "./xml-values.ts";

export function bucketCorsConfigurationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_cors_configuration",
    configuration: "cors",
    toDocument: ({ cors_rule }) => ({
      CORSRule: blocks(cors_rule).map((rule) => ({
        ID: optionalText(rule.id),
        AllowedHeader: texts(rule.allowed_headers),
        AllowedMethod: texts(rule.allowed_methods),
        AllowedOrigin: texts(rule.allowed_origins),
        ExposeHeader: texts(rule.expose_headers),
        MaxAgeSeconds: scalarOf(rule.max_age_seconds),
      })),
    }),
    fromDocument: (document) => ({
      cors_rule: children(document, "CORSRule").map((rule) => ({
        id: childText(rule, "ID"),
        allowed_headers: childTexts(rule, "AllowedHeader"),
        allowed_methods: childTexts(rule, "AllowedMethod"),
        allowed_origins: childTexts(rule, "AllowedOrigin"),
        expose_headers: childTexts(rule, "ExposeHeader"),
        max_age_seconds: numberFrom(childText(rule, "MaxAgeSeconds")),
      })),
    }),
  });
}
