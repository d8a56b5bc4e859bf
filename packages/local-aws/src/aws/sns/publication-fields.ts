import { type FormFields, memberPrefixes } from "../../gateway/form-fields.ts";
import type { MessageAttribute, MessageAttributes } from "../sqs/consumer.ts";
import type { Publication } from "./message.ts";

/** @param prefix of the fields: empty, or the prefix of a batch entry. */
export function publicationFrom(fields: FormFields, prefix = ""): Publication {
  return {
    message: fields[`${prefix}Message`] ?? "",
    subject: fields[`${prefix}Subject`],
    attributes: messageAttributes(fields, `${prefix}MessageAttributes.entry`),
    perProtocol: fields[`${prefix}MessageStructure`] === "json",
  };
}

function messageAttributes(fields: FormFields, list: string): MessageAttributes {
  const entries = memberPrefixes(fields, list).map((prefix): [string, MessageAttribute] => {
    const stringValue = fields[`${prefix}Value.StringValue`];
    const binaryValue = fields[`${prefix}Value.BinaryValue`];
    return [
      fields[`${prefix}Name`] ?? "",
      {
        dataType: fields[`${prefix}Value.DataType`] ?? "String",
        ...(stringValue !== undefined && { stringValue }),
        ...(binaryValue !== undefined && { binaryValue }),
      },
    ];
  });
  return Object.fromEntries(entries);
}
