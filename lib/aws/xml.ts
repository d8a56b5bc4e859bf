import { parseXML } from "@aws-sdk/xml-builder";

/** An element: its text, or its children by name. A name that occurs several times has a list. */
export type XmlElement = string | XmlElements | undefined;
export type XmlElements = { readonly [name: string]: XmlElement | readonly XmlElement[] };

/** The root element of a document by its name. @throws Error when the document is not well-formed */
export const parseXml = (document: string): XmlElements => parseXML(document) as XmlElements;

/** The text of a child; undefined if there is none. */
export function textOf(parent: XmlElements, name: string): string | undefined {
  const value = parent[name];
  return typeof value === "string" ? value : undefined;
}

/** All children of one name, none of which is empty. */
export function elementsOf(parent: XmlElements, name: string): readonly XmlElements[] {
  const value = parent[name];
  const list: readonly XmlElement[] = Array.isArray(value) ? value : [value];
  return list.filter((element): element is XmlElements => typeof element === "object");
}

/** Text as the content of an element. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}\u2028]/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
