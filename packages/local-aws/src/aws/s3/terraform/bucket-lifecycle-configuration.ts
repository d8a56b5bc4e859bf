import { blocks, optionalText } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { child, children, childText, type XmlDocument } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";
import { booleanFrom, countOf, mapOf, numberFrom, scalarOf } from "./xml-values.ts";

export function bucketLifecycleConfigurationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_lifecycle_configuration",
    configuration: "lifecycle",
    toDocument: ({ rule }) => ({ Rule: blocks(rule).map(toRule) }),
    fromDocument: (document) => ({ rule: children(document, "Rule").map(fromRule) }),
  });
}

function toRule(rule: Attributes): XmlDocument {
  const filter = blocks(rule.filter)[0];
  const expiration = blocks(rule.expiration)[0];
  const noncurrent = blocks(rule.noncurrent_version_expiration)[0];
  const abort = blocks(rule.abort_incomplete_multipart_upload)[0];
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
    Transition: blocks(rule.transition).map((transition) => ({
      Date: optionalText(transition.date),
      Days: optionalText(transition.date) ? undefined : scalarOf(transition.days),
      StorageClass: optionalText(transition.storage_class),
    })),
    NoncurrentVersionTransition: blocks(rule.noncurrent_version_transition).map((transition) => ({
      NoncurrentDays: scalarOf(transition.noncurrent_days),
      NewerNoncurrentVersions: countOf(transition.newer_noncurrent_versions),
      StorageClass: optionalText(transition.storage_class),
    })),
  };
}

function toFilter(filter: Attributes): XmlDocument {
  const and = blocks(filter.and)[0];
  if (and) {
    const tags = Object.entries(mapOf(and.tags)).map(([Key, Value]) => ({ Key, Value }));
    return { And: { ...conditionsOf(and), Tag: tags } };
  }
  const tag = blocks(filter.tag)[0];
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
    id: childText(rule, "ID") ?? "",
    status: childText(rule, "Status"),
    prefix: childText(rule, "Prefix") ?? "",
    filter: filter ? [fromFilter(filter)] : [],
    expiration: expiration
      ? [
          {
            date: childText(expiration, "Date"),
            days: Number(childText(expiration, "Days") ?? 0),
            expired_object_delete_marker: booleanFrom(childText(expiration, "ExpiredObjectDeleteMarker")),
          },
        ]
      : [],
    noncurrent_version_expiration: noncurrent ? [fromNoncurrent(noncurrent)] : [],
    abort_incomplete_multipart_upload: abort
      ? [{ days_after_initiation: numberFrom(childText(abort, "DaysAfterInitiation")) }]
      : [],
    transition: children(rule, "Transition").map((transition) => ({
      date: childText(transition, "Date"),
      days: numberFrom(childText(transition, "Days")),
      storage_class: childText(transition, "StorageClass"),
    })),
    noncurrent_version_transition: children(rule, "NoncurrentVersionTransition").map((transition) => ({
      ...fromNoncurrent(transition),
      storage_class: childText(transition, "StorageClass"),
    })),
  };
}

function fromNoncurrent(document: XmlDocument): Attributes {
  return {
    noncurrent_days: numberFrom(childText(document, "NoncurrentDays")),
    newer_noncurrent_versions: numberFrom(childText(document, "NewerNoncurrentVersions")),
  };
}

function fromFilter(filter: XmlDocument): Attributes {
  const and = child(filter, "And");
  const tags = (document: XmlDocument) =>
    children(document, "Tag").map((tag) => [childText(tag, "Key") ?? "", childText(tag, "Value") ?? ""] as const);
  return {
    ...fromConditions(filter),
    and: and ? [{ ...fromConditions(and), tags: Object.fromEntries(tags(and)) }] : [],
    tag: tags(filter).map(([key, value]) => ({ key, value })),
  };
}

function fromConditions(document: XmlDocument): Attributes {
  return {
    prefix: childText(document, "Prefix") ?? "",
    object_size_greater_than: numberFrom(childText(document, "ObjectSizeGreaterThan")),
    object_size_less_than: numberFrom(childText(document, "ObjectSizeLessThan")),
  };
}
