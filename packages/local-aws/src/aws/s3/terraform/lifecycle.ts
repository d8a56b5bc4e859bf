import type { Attributes } from "../../../provider/resource.ts";
import { child, children, type Document, text } from "../xml.ts";
import { blockOf, blocksOf, booleanFrom, countOf, mapOf, numberFrom, scalarOf, textOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

export const lifecycle: ConfigurationResource = {
  type: "aws_s3_bucket_lifecycle_configuration",
  configuration: "lifecycle",
  toDocument: ({ rule }) => ({ Rule: blocksOf(rule).map(toRule) }),
  fromDocument: (document) => ({ rule: children(document, "Rule").map(fromRule) }),
};

function toRule(rule: Attributes): Document {
  const filter = blockOf(rule.filter);
  const expiration = blockOf(rule.expiration);
  const noncurrent = blockOf(rule.noncurrent_version_expiration);
  const abort = blockOf(rule.abort_incomplete_multipart_upload);
  return {
    ID: textOf(rule.id),
    Status: textOf(rule.status),
    Filter: filter ? toFilter(filter) : { Prefix: textOf(rule.prefix) ?? "" },
    Expiration: expiration && {
      Date: textOf(expiration.date),
      Days: countOf(expiration.days),
      ExpiredObjectDeleteMarker: expiration.expired_object_delete_marker === true ? "true" : undefined,
    },
    NoncurrentVersionExpiration: noncurrent && {
      NoncurrentDays: scalarOf(noncurrent.noncurrent_days),
      NewerNoncurrentVersions: countOf(noncurrent.newer_noncurrent_versions),
    },
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: scalarOf(abort.days_after_initiation) },
    Transition: blocksOf(rule.transition).map((transition) => ({
      Date: textOf(transition.date),
      Days: textOf(transition.date) ? undefined : scalarOf(transition.days),
      StorageClass: textOf(transition.storage_class),
    })),
    NoncurrentVersionTransition: blocksOf(rule.noncurrent_version_transition).map((transition) => ({
      NoncurrentDays: scalarOf(transition.noncurrent_days),
      NewerNoncurrentVersions: countOf(transition.newer_noncurrent_versions),
      StorageClass: textOf(transition.storage_class),
    })),
  };
}

function toFilter(filter: Attributes): Document {
  const and = blockOf(filter.and);
  if (and) {
    const tags = Object.entries(mapOf(and.tags)).map(([Key, Value]) => ({ Key, Value }));
    return { And: { ...conditionsOf(and), Tag: tags } };
  }
  const tag = blockOf(filter.tag);
  return {
    ...conditionsOf(filter),
    ...(tag ? { Tag: [{ Key: textOf(tag.key), Value: textOf(tag.value) ?? "" }] } : {}),
  };
}

function conditionsOf(filter: Attributes): Document {
  return {
    Prefix: textOf(filter.prefix),
    ObjectSizeGreaterThan: countOf(filter.object_size_greater_than),
    ObjectSizeLessThan: countOf(filter.object_size_less_than),
  };
}

function fromRule(rule: Document): Attributes {
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

function fromNoncurrent(document: Document): Attributes {
  return {
    noncurrent_days: numberFrom(text(document, "NoncurrentDays")),
    newer_noncurrent_versions: numberFrom(text(document, "NewerNoncurrentVersions")),
  };
}

function fromFilter(filter: Document): Attributes {
  const and = child(filter, "And");
  const tags = (document: Document) =>
    children(document, "Tag").map((tag) => [text(tag, "Key") ?? "", text(tag, "Value") ?? ""] as const);
  return {
    ...fromConditions(filter),
    and: and ? [{ ...fromConditions(and), tags: Object.fromEntries(tags(and)) }] : [],
    tag: tags(filter).map(([key, value]) => ({ key, value })),
  };
}

function fromConditions(document: Document): Attributes {
  return {
    prefix: text(document, "Prefix") ?? "",
    object_size_greater_than: numberFrom(text(document, "ObjectSizeGreaterThan")),
    object_size_less_than: numberFrom(text(document, "ObjectSizeLessThan")),
  };
}
