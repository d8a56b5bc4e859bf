import { XMLParser } from "fast-xml-parser";
import { toXml } from "../../gateway/protocol.ts";
import { malformedXml } from "./errors.ts";

/** The child elements of an XML element by name: text, elements, or lists for elements that may repeat. */
export type XmlDocument = { readonly [element: string]: XmlValue };
export type XmlValue = string | XmlDocument | readonly XmlValue[] | undefined;

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Elements that may repeat. They are lists even when there is only one. */
const REPEATABLE = new Set([
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
  trimValues: false, // A key may start with a space.
  htmlEntities: true, // Clients send control characters in keys as numeric references.
  isArray: (name) => REPEATABLE.has(name),
});

/**
 * Parses the XML of a request and returns the content of the root element.
 *
 * @throws AwsError `MalformedXML` when the text is not XML, has a different root, or declares entities.
 */
export function parseXml(text: string, root: string): XmlDocument {
  if (text.includes("<!DOCTYPE")) throw malformedXml();
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parse(text, true) as Record<string, unknown>;
  } catch {
    throw malformedXml();
  }
  if (!(root in parsed)) throw malformedXml();
  const content = withoutWhiteSpace(parsed[root]);
  return typeof content === "object" && !Array.isArray(content) ? (content as XmlDocument) : {};
}

/** Renders a response: the XML declaration, and the root element in the namespace of S3. */
export function renderXml(root: string, content: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${toXml(content)}</${root}>`;
}

/** The text of a child element; undefined when absent. */
export function childText(document: XmlDocument | undefined, element: string): string | undefined {
  const value = document?.[element];
  return typeof value === "string" ? value : undefined;
}

/** A child element with children of its own, possibly empty; undefined when absent. */
export function child(document: XmlDocument | undefined, element: string): XmlDocument | undefined {
  const value = document?.[element];
  if (value === undefined || Array.isArray(value)) return undefined;
  return typeof value === "string" ? {} : (value as XmlDocument);
}

/** All child elements with a name that may repeat. */
export function children(document: XmlDocument | undefined, element: string): readonly XmlDocument[] {
  const value = document?.[element];
  return Array.isArray(value) ? value.map((item) => (typeof item === "string" ? {} : item)) : [];
}

/** The texts of all child elements with a name that may repeat. */
export function childTexts(document: XmlDocument | undefined, element: string): readonly string[] {
  const value = document?.[element];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Removes the white space between elements, which the parser returns as text. */
function withoutWhiteSpace(value: unknown): XmlValue {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  if (Array.isArray(value)) return value.map(withoutWhiteSpace);
  const members = Object.entries(value).filter(([name]) => name !== "#text");
  return Object.fromEntries(members.map(([name, member]) => [name, withoutWhiteSpace(member)]));
}
