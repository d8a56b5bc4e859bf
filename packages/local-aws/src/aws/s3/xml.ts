import { XMLParser } from "fast-xml-parser";
import { toXml } from "../../gateway/protocol.ts";
import { malformedXml } from "./errors.ts";

/** The content of an XML element: text, or child elements by name; elements that may repeat are always lists. */
export type Document = { readonly [element: string]: DocumentValue };
export type DocumentValue = string | Document | readonly DocumentValue[] | undefined;

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Elements that S3's schema lets repeat, so that one of them is a list as well. */
const REPEATED = new Set([
  "AllowedHeader",
  "AllowedMethod",
  "AllowedOrigin",
  "CloudFunctionConfiguration",
  "CORSRule",
  "Event",
  "ExposeHeader",
  "FilterRule",
  "NoncurrentVersionTransition",
  "Object",
  "Part",
  "QueueConfiguration",
  "Rule",
  "Tag",
  "TopicConfiguration",
  "Transition",
]);

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false, // a key may begin with a space
  htmlEntities: true, // for numeric references, by which clients send control characters in keys
  isArray: (name) => REPEATED.has(name),
});

/**
 * The content of the request's root element.
 *
 * @throws AwsError `MalformedXML` when the text is not XML, has another root, or declares entities (no client of S3 does).
 */
export function parseXml(text: string, root: string): Document {
  if (text.includes("<!DOCTYPE")) throw malformedXml();
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parse(text, true) as Record<string, unknown>;
  } catch {
    throw malformedXml();
  }
  if (!(root in parsed)) throw malformedXml();
  const content = withoutLayout(parsed[root]);
  return typeof content === "object" && !Array.isArray(content) ? (content as Document) : {};
}

/** An answer: the declaration, and the root element in S3's namespace. */
export function renderXml(root: string, content: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${toXml(content)}</${root}>`;
}

/** Text of a child element, if it is there. */
export function text(document: Document | undefined, element: string): string | undefined {
  const value = document?.[element];
  return typeof value === "string" ? value : undefined;
}

/** A child element with elements of its own; an empty one counts. */
export function child(document: Document | undefined, element: string): Document | undefined {
  const value = document?.[element];
  if (value === undefined || Array.isArray(value)) return undefined;
  return typeof value === "string" ? {} : (value as Document);
}

/** The child elements of a name that may repeat. */
export function children(document: Document | undefined, element: string): readonly Document[] {
  const value = document?.[element];
  return Array.isArray(value) ? value.map((item) => (typeof item === "string" ? {} : item)) : [];
}

/** The texts of a child element that may repeat. */
export function texts(document: Document | undefined, element: string): readonly string[] {
  const value = document?.[element];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The white space between elements comes as text beside them. */
function withoutLayout(value: unknown): DocumentValue {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  if (Array.isArray(value)) return value.map(withoutLayout);
  const members = Object.entries(value).filter(([name]) => name !== "#text");
  return Object.fromEntries(members.map(([name, member]) => [name, withoutLayout(member)]));
}
