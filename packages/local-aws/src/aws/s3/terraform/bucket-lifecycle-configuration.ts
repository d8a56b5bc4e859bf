import { optionalText } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource.ts";
import type { S3Context } from "../context.ts";
import { child, children, text, type XmlDocument } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { blockOf, blocksOf, booleanFrom, countOf, mapOf, numberFrom, scalarOf } from "./xml-values.ts";

export function bucketLifecycleConfigurationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_lifecycle_configuration",
    configuration: "lifecycle",
    toDocument: ({ rule }) => ({ Rule: blocksOf(rule).map(toRule) }),
    fromDocument: (document) => ({ rule: children(document, "Rule").map(fromRule) }),
  });
}

function toRule(rule: Attributes): XmlDocument {
  const filter = blockOf(rule.filter);
  const expiration = blockOf(rule.expiration);
  const noncurrent = blockOf(rule.noncurrent_version_expiration);
  const abort = blockOf(rule.abort_incomplete_multipart_upload);
  return {
    ID: optionalText(rule.id),
    Status: optionalText(rule.status),
    Filter: filter ? toFilter(filter) : { Prefix: optionalText(rule.prefix) ?? "" },
    Expiration: expiration && {
      Date: optionalText(expiration.date),
      Days: countOf(expiration.days),
      ExpiredObjectDeleteMarker: expiration.expired_object_delete_marker === true ? "true" : undefined,
    },
    NoncurrentVersionExpiration: noncurrent && {
      NoncurrentDays: scalarOf(noncurrent.noncurrent_days),
      NewerNoncurrentVersions: countOf(noncurrent.newer_noncurrent_versions),
    },
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: scalarOf(abort.days_after_initiation) },
    Transition: blocksOf(rule.transition).map((transition) => ({
      Date: optionalText(transition.date),
      Days: optionalText(transition.date) ? undefined : scalarOf(transition.days),
      StorageClass: optionalText(transition.storage_class),
    })),
    NoncurrentVersionTransition: blocksOf(rule.noncurrent_version_transition).map((transition) => ({
      NoncurrentDays: scalarOf(transition.noncurrent_days),
      NewerNoncurrentVersions: countOf(transition.newer_noncurrent_versions),
      StorageClass: optionalText(transition.storage_class),
    })),
  };
}

function toFilter(filter: Attributes): XmlDocument {
  const and = blockOf(filter.and);
  if (and) {
    const tags = Object.entries(mapOf(and.tags)).map(([Key, Value]) => ({ Key, Value }));
    return { And: { ...conditionsOf(and), Tag: tags } };
  }
  const tag = blockOf(filter.tag);
  return {
    ...conditionsOf(filter),
    ...(tag ? { Tag: [{ Key: optionalText(tag.key), Value: optionalText(tag.value) ?? "" }] } : {}),
  };
}

function conditionsOf(filter: Attributes): XmlDocument {
  return {
    Prefix: optionalText(filter.prefix),
    ObjectSizeGreaterThan: countOf(filter.object_size_greater_than),
    ObjectSizeLessThan: countOf(filter.object_size_less_than),
  };
}

function fromRule(rule: XmlDocument): Attributes {
  const filter = child(rule, "Filter");
  const expiration = child(rule, "Expiration");
  const noncurrent = child(rule, "NoncurrentVersionExpiration");
  const abort = child(rule, "AbortIncompleteMultipartUpload");
  return {
    id: text(rule, "ID") ?? "",
    status: text(rule, "Status"),
    prefix: text(rule, "Prefix") ?? "",
    filter: filter ? [fromFilter(filter)] : [],
    expiration: expiration
      ? [
          {
            date: text(expiration, "Date"),
            days: Number(text(expiration, "Days") ?? 0),
            expired_object_delete_marker: booleanFrom(text(expiration, "ExpiredObjectDeleteMarker")),
          },
        ]
      : [],
    noncurrent_version_expiration: noncurrent ? [fromNoncurrent(noncurrent)] : [],
    abort_incomplete_multipart_upload: abort
      ? [{ days_after_initiation: numberFrom(text(abort, "DaysAfterInitiation")) }]
      : [],
    transition: children(rule, "Transition").map((transition) => ({
      date: text(transition, "Date"),
      days: numberFrom(text(transition, "Days")),
      storage_class: text(transition, "StorageClass"),
    })),
    noncurrent_version_transition: children(rule, "NoncurrentVersionTransition").map((transition) => ({
      ...fromNoncurrent(transition),
      storage_class: text(transition, "StorageClass"),
    })),
  };
}

function fromNoncurrent(document: XmlDocument): Attributes {
  return {
    noncurrent_days: numberFrom(text(document, "NoncurrentDays")),
    newer_noncurrent_versions: numberFrom(text(document, "NewerNoncurrentVersions")),
  };
}

function fromFilter(filter: XmlDocument): Attributes {
  const and = child(filter, "And");
  const tags = (document: XmlDocument) =>
    children(document, "Tag").map((tag) => [text(tag, "Key") ?? "", text(tag, "Value") ?? ""] as const);
  return {
    ...fromConditions(filter),
    and: and ? [{ ...fromConditions(and), tags: Object.fromEntries(tags(and)) }] : [],
    tag: tags(filter).map(([key, value]) => ({ key, value })),
  };
}

function fromConditions(document: XmlDocument): Attributes {
  return {
    prefix: text(document, "Prefix") ?? "",
    object_size_greater_than: numberFrom(text(document, "ObjectSizeGreaterThan")),
    object_size_less_than: numberFrom(text(document, "ObjectSizeLessThan")),
  };
}
