import { optionalText } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource.ts";
import type { S3Context } from "../context.ts";
import { children, text, texts } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { blocksOf, numberFrom, scalarOf, textsOf } from "./xml-values.ts";

export function bucketCorsConfigurationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_cors_configuration",
    configuration: "cors",
    toDocument: ({ cors_rule }) => ({
      CORSRule: blocksOf(cors_rule).map((rule) => ({
        ID: optionalText(rule.id),
        AllowedHeader: textsOf(rule.allowed_headers),
        AllowedMethod: textsOf(rule.allowed_methods),
        AllowedOrigin: textsOf(rule.allowed_origins),
        ExposeHeader: textsOf(rule.expose_headers),
        MaxAgeSeconds: scalarOf(rule.max_age_seconds),
      })),
    }),
    fromDocument: (document) => ({
      cors_rule: children(document, "CORSRule").map((rule) => ({
        id: text(rule, "ID"),
        allowed_headers: texts(rule, "AllowedHeader"),
        allowed_methods: texts(rule, "AllowedMethod"),
        allowed_origins: texts(rule, "AllowedOrigin"),
        expose_headers: texts(rule, "ExposeHeader"),
        max_age_seconds: numberFrom(text(rule, "MaxAgeSeconds")),
      })),
    }),
  });
}
