import { toApiTags } from "../../gateway/api-tags.ts";
import { AwsError } from "../../runtime/error.ts";
import type { XmlDocument } from "./xml.ts";
import { child, children, childText } from "./xml.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_TAGS = 10;
const MAX_NAME_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** @throws AwsError `InvalidTag` for an invalid name or value or a duplicate name, `BadRequest` for too many tags. */
export function checkTags(pairs: readonly (readonly [name: string, value: string])[], maximum = MAX_TAGS): void {
  if (pairs.length > maximum) throw new AwsError("BadRequest", `Object tags cannot be greater than ${maximum}`);
  const invalid = (message: string) => new AwsError("InvalidTag", message);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw invalid("Cannot provide multiple Tags with the same key");
  }
  for (const [name, value] of pairs) {
    if (name.length < 1 || name.length > MAX_NAME_LENGTH) throw invalid("The TagKey you have provided is invalid");
    if (value.length > MAX_VALUE_LENGTH) throw invalid("The TagValue you have provided is invalid");
  }
}

/** The tags of a `Tagging` document. @throws AwsError like {@link checkTags}. */
export function tagsFromDocument(document: XmlDocument, maximum = MAX_TAGS): Record<string, string> {
  const pairs = children(child(document, "TagSet"), "Tag").map(
    (tag) => [childText(tag, "Key") ?? "", childText(tag, "Value") ?? ""] as const,
  );
  checkTags(pairs, maximum);
  return Object.fromEntries(pairs);
}

export function tagsToDocument(tags: Readonly<Record<string, string>>): XmlDocument {
  return { TagSet: { Tag: toApiTags(tags) } };
}
