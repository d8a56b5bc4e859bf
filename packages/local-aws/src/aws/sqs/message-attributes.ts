import type { MessageAttribute, MessageAttributes } from "./consumer.ts";
import { invalidParameter } from "./errors.ts";

/** A message attribute in a request or response. */
export interface ApiAttribute {
  readonly DataType?: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type ApiAttributes = Readonly<Record<string, ApiAttribute>>;

/** @throws AwsError when an attribute has no type, or no value of its type. */
export function fromRequest(attributes: ApiAttributes = {}): MessageAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, checked(name, attribute)]));
}

/** @throws AwsError for another attribute than `AWSTraceHeader`, or one that is not a string. */
export function systemAttributesFrom(attributes: ApiAttributes = {}): MessageAttributes {
  const other = Object.keys(attributes).find((name) => name !== "AWSTraceHeader");
  const system = fromRequest(attributes);
  if (other === undefined && system.AWSTraceHeader?.binaryValue === undefined) return system;
  throw invalidParameter(
    "MessageSystemAttributes",
    other ?? "AWSTraceHeader",
    "The only system attribute of a message is AWSTraceHeader, which is a String.",
  );
}

function checked(name: string, { DataType = "", StringValue, BinaryValue }: ApiAttribute): MessageAttribute {
  if (/^Binary(\.|$)/.test(DataType) && BinaryValue) return { dataType: DataType, binaryValue: BinaryValue };
  if (/^(String|Number)(\.|$)/.test(DataType) && StringValue) return { dataType: DataType, stringValue: StringValue };
  throw invalidParameter(
    "MessageAttributes",
    name,
    `The message attribute '${name}' must have a type of String, Number or Binary and a value of that type.`,
  );
}

/** The attributes that the request selects by name, `All`, `.*` or `prefix.*`; undefined without any. */
export function toResponse(attributes: MessageAttributes, names: readonly string[]): ApiAttributes | undefined {
  const chosen = Object.entries(attributes).filter(([name]) => names.some((selector) => isSelected(name, selector)));
  if (chosen.length === 0) return undefined;
  return Object.fromEntries(
    chosen.map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        ...(stringValue !== undefined && { StringValue: stringValue }),
        ...(binaryValue !== undefined && { BinaryValue: binaryValue }),
      },
    ]),
  );
}

function isSelected(name: string, selector: string): boolean {
  return selector === "All" || selector === name || (selector.endsWith(".*") && name.startsWith(selector.slice(0, -2)));
}
