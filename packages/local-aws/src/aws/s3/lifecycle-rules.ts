import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import type { Upload } from "./multipart-upload.ts";
import type { ObjectVersion } from "./object-version.ts";
import { child, children, childText, type XmlDocument } from "./xml.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html */
const MAX_RULES = 1000;

/** An enabled rule of a lifecycle configuration. Transitions are stored, but have no effect. */
export interface LifecycleRule {
  readonly id: string;
  readonly prefix: string;
  readonly tags: readonly (readonly [name: string, value: string])[];
  readonly sizeGreaterThan: number;
  readonly sizeLessThan: number;
  readonly expirationDays: number | undefined;
  readonly expirationDate: number | undefined;
  readonly expiredObjectDeleteMarker: boolean;
  readonly noncurrentDays: number | undefined;
  /** The number of noncurrent versions to retain, regardless of their age. */
  readonly newerNoncurrentVersions: number;
  readonly abortDays: number | undefined;
}

/** The enabled rules of a configuration. */
export function lifecycleRules(document: XmlDocument | undefined): LifecycleRule[] {
  return children(document, "Rule")
    .filter((rule) => childText(rule, "Status") === "Enabled")
    .map(toRule);
}

/** @throws AwsError when S3 would reject the configuration. */
export function checkLifecycle(document: XmlDocument): void {
  const rules = children(document, "Rule");
  if (rules.length === 0 || rules.length > MAX_RULES) throw malformedXml();
  const ids = rules.map((rule) => childText(rule, "ID")).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length)
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule");
  for (const rule of rules) {
    if (!["Enabled", "Disabled"].includes(childText(rule, "Status") ?? "")) throw malformedXml();
    const actions = [
      "AbortIncompleteMultipartUpload",
      "Expiration",
      "NoncurrentVersionExpiration",
      "NoncurrentVersionTransition",
      "Transition",
    ];
    if (!actions.some((action) => rule[action] !== undefined)) {
      throw invalidRequest("At least one action needs to be specified in a rule");
    }
    const { expirationDays, noncurrentDays, abortDays } = toRule(rule);
    for (const days of [expirationDays, noncurrentDays, abortDays]) {
      if (days !== undefined && !(Number.isInteger(days) && days > 0)) {
        throw invalidArgument("'Days' for the action must be a positive integer");
      }
    }
  }
}

export function appliesTo(rule: LifecycleRule, version: Pick<ObjectVersion, "key" | "size" | "tags">): boolean {
  return (
    version.key.startsWith(rule.prefix) &&
    version.size > rule.sizeGreaterThan &&
    version.size < rule.sizeLessThan &&
    rule.tags.every(([name, value]) => version.tags[name] === value)
  );
}

/** Whether the current version has expired. */
export function isExpired(rule: LifecycleRule, version: ObjectVersion, now: number): boolean {
  if (rule.expirationDate !== undefined && now >= rule.expirationDate) return true;
  return isOlder(version.modified, rule.expirationDays, now);
}

/**
 * Whether a noncurrent version has expired.
 *
 * @param since when it became noncurrent.
 * @param newerNoncurrent number of newer noncurrent versions.
 */
export function isNoncurrentExpired(rule: LifecycleRule, since: number, newerNoncurrent: number, now: number): boolean {
  return newerNoncurrent >= rule.newerNoncurrentVersions && isOlder(since, rule.noncurrentDays, now);
}

/** Whether the rule aborts the upload. Rules with tags do not apply to uploads. */
export function isAbandoned(rule: LifecycleRule, upload: Upload, now: number): boolean {
  return upload.key.startsWith(rule.prefix) && rule.tags.length === 0 && isOlder(upload.initiated, rule.abortDays, now);
}

/**
 * S3 adds the days and rounds up to the next midnight UTC:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
 */
function isOlder(since: number, days: number | undefined, now: number): boolean {
  return days !== undefined && now >= Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
}

function toRule(rule: XmlDocument): LifecycleRule {
  const filter = child(rule, "Filter");
  const and = child(filter, "And");
  const conditions = and ?? filter;
  const expiration = child(rule, "Expiration");
  const noncurrent = child(rule, "NoncurrentVersionExpiration");
  const date = childText(expiration, "Date");
  return {
    id: childText(rule, "ID") ?? "",
    prefix: childText(conditions, "Prefix") ?? childText(rule, "Prefix") ?? "",
    tags: children(conditions, "Tag").map(
      (tag) => [childText(tag, "Key") ?? "", childText(tag, "Value") ?? ""] as const,
    ),
    sizeGreaterThan: number(conditions, "ObjectSizeGreaterThan") ?? -1,
    sizeLessThan: number(conditions, "ObjectSizeLessThan") ?? Number.POSITIVE_INFINITY,
    expirationDays: number(expiration, "Days"),
    expirationDate: date === undefined ? undefined : Date.parse(date),
    expiredObjectDeleteMarker: childText(expiration, "ExpiredObjectDeleteMarker") === "true",
    noncurrentDays: number(noncurrent, "NoncurrentDays"),
    newerNoncurrentVersions: number(noncurrent, "NewerNoncurrentVersions") ?? 0,
    abortDays: number(child(rule, "AbortIncompleteMultipartUpload"), "DaysAfterInitiation"),
  };
}

function number(document: XmlDocument | undefined, element: string): number | undefined {
  const value = childText(document, element);
  return value === undefined ? undefined : Number(value);
}
