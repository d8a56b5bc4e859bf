import type { Engine } from "./engines/engine.ts";

interface TableDescription {
  readonly AttributeDefinitions: readonly object[];
  readonly KeySchema: readonly object[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: readonly object[];
  readonly Projection: object;
}

interface Page {
  readonly Items: readonly object[];
  readonly LastEvaluatedKey?: object;
}

/** Items of one call. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const BATCH_SIZE = 25;

/**
 * Creates the table `target` with the keys, indexes and items of the table `source`.
 *
 * @throws AwsError `ResourceNotFoundException`, or `ResourceInUseException` when `target` exists.
 */
export async function copyTable(engine: Engine, source: string, target: string): Promise<void> {
  const { Table } = await engine.call<{ Table: TableDescription }>("DescribeTable", { TableName: source });
  await engine.call("CreateTable", {
    TableName: target,
    AttributeDefinitions: Table.AttributeDefinitions,
    KeySchema: Table.KeySchema,
    BillingMode: "PAY_PER_REQUEST",
    ...indexes("GlobalSecondaryIndexes", Table),
    ...indexes("LocalSecondaryIndexes", Table),
  });
  let ExclusiveStartKey: object | undefined;
  do {
    const page: Page = await engine.call<Page>("Scan", { TableName: source, ExclusiveStartKey, ConsistentRead: true });
    await putItems(engine, target, page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** The definitions of a table's indexes, without a member that would be empty, which DynamoDB rejects. */
function indexes(member: "GlobalSecondaryIndexes" | "LocalSecondaryIndexes", table: TableDescription): object {
  const definitions = (table[member] ?? []).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  return definitions.length > 0 ? { [member]: definitions } : {};
}

async function putItems(engine: Engine, table: string, items: readonly object[]): Promise<void> {
  for (let index = 0; index < items.length; index += BATCH_SIZE) {
    const puts = items.slice(index, index + BATCH_SIZE).map((Item) => ({ PutRequest: { Item } }));
    await engine.call("BatchWriteItem", { RequestItems: { [table]: puts } });
  }
}
