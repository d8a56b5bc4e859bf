import { AwsError } from "../../../runtime/error.ts";
import { CONFIGURATIONS, type ConfigurationKind } from "../configurations.ts";
import type { Operation } from "../context.ts";
import type { ConfigurationName } from "../model.ts";
import { bucketArn } from "../names.ts";
import { childText, renderXml, type XmlDocument } from "../xml.ts";

/** `GetBucketCors`, `GetBucketEncryption`, …: returns the document of one configuration. */
export function getBucketConfiguration(name: ConfigurationName): Operation {
  const kind = CONFIGURATIONS[name];
  return ({ store }, { bucket, call }) => {
    call.authorize(kind.permissions.get, bucketArn(bucket));
    const document = store.bucket(bucket).configurations[name] ?? defaultDocument(kind, bucket);
    if (name === "policy")
      return { headers: { "content-type": "application/json" }, body: childText(document, "Policy") };
    return { body: renderXml(kind.root, document) };
  };
}

function defaultDocument({ whenMissing }: ConfigurationKind, bucket: string): XmlDocument {
  if (!("error" in whenMissing)) return whenMissing;
  throw new AwsError(String(whenMissing.error), String(whenMissing.message), 404, { BucketName: bucket });
}
