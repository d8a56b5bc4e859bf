import { children, text, texts } from "../xml.ts";
import { blocksOf, numberFrom, scalarOf, textOf, textsOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const cors: ConfigurationResource = {
  type: "aws_s3_bucket_cors_configuration",
  configuration: "cors",
  toDocument: ({ cors_rule }) => ({
    CORSRule: blocksOf(cors_rule).map((rule) => ({
      ID: textOf(rule.id),
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
};
