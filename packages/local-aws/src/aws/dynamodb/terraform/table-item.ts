import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Engine } from "../engines/engine.ts";

/** An item in DynamoDB's own JSON: `{"name": {"S": "value"}}`. */
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function tableItemResource(engine: Engine): ResourceHandler {
  const findItem = async (attributes: Attributes): Promise<Item | undefined> => {
    const input = { TableName: text(attributes.table_name), Key: keyOf(attributes), ConsistentRead: true };
    return (await engine.call<{ Item?: Item }>("GetItem", input)).Item;
  };
  const deleteItem = (attributes: Attributes) =>
    engine.call("DeleteItem", { TableName: text(attributes.table_name), Key: keyOf(attributes) });
  return {
    type: "aws_dynamodb_table_item",
    async create(planned) {
      await engine.call("PutItem", {
        TableName: text(planned.table_name),
        Item: itemOf(planned),
        ConditionExpression: "attribute_not_exists(#hash)",
        ExpressionAttributeNames: { "#hash": text(planned.hash_key) },
      });
      const key = Object.entries(keyOf(planned)).flatMap(([name, value]) => [name, Object.values(value).join()]);
      return { id: [text(planned.table_name), ...key].join("|") };
    },
    async update(planned, prior) {
      await engine.call("PutItem", { TableName: text(planned.table_name), Item: itemOf(planned) });
      if (JSON.stringify(keyOf(planned)) !== JSON.stringify(keyOf(prior))) await deleteItem(prior);
      return {};
    },
    async read(attributes) {
      return (await findItem(attributes)) ? {} : null;
    },
    async delete(attributes) {
      await deleteItem(attributes);
    },
  };
}

function itemOf({ item }: Attributes): Item {
  try {
    return JSON.parse(text(item)) as Item;
  } catch (cause) {
    throw new AwsError("ValidationException", `The item is not valid JSON: ${String(cause)}`);
  }
}

function keyOf(attributes: Attributes): Item {
  const item = itemOf(attributes);
  const names = [text(attributes.hash_key), optionalText(attributes.range_key)].filter((name) => name !== undefined);
  return Object.fromEntries(
    names.map((name) => {
      const value = item[name];
      if (!value) throw new AwsError("ValidationException", `The item lacks the key attribute ${name}.`);
      return [name, value];
    }),
  );
}
