import { AwsError } from "../../runtime/error.ts";
import type { Engine } from "./engine.ts";

export interface RestoreInput {
  readonly SourceTableName?: string;
  readonly TargetTableName?: string;
  readonly UseLatestRestorableTime?: boolean;
}

interface Description {
  readonly Table: {
    readonly AttributeDefinitions: readonly object[];
    readonly KeySchema: readonly object[];
    readonly GlobalSecondaryIndexes?: readonly Index[];
    readonly LocalSecondaryIndexes?: readonly Index[];
  };
}

interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly object[];
  readonly Projection: object;
}

interface Page {
  readonly Items: readonly object[];
  readonly LastEvaluatedKey?: object;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const BATCH = 25;

/**
 * Makes a new table of what another one holds now, which is the latest time to which the stand-in can go back: it keeps no history. The new
 * table is there when the call ends; on AWS that takes minutes.
 */
export async function restoreTable(engine: Engine, input: RestoreInput): Promise<object> {
  const { SourceTableName: source = "", TargetTableName: target = "", UseLatestRestorableTime: latest } = input;
  if (latest !== true) {
    throw new AwsError("InvalidRestoreTimeException", "The local stand-in restores UseLatestRestorableTime only.");
  }
  const { Table } = await engine.call<Description>("DescribeTable", { TableName: source });
  const shape = ({ IndexName, KeySchema, Projection }: Index) => ({ IndexName, KeySchema, Projection });
  const indexes = (kind: "GlobalSecondaryIndexes" | "LocalSecondaryIndexes") => {
    const found = Table[kind]?.map(shape) ?? [];
    return found.length > 0 ? { [kind]: found } : {};
  };
  await engine.call("CreateTable", {
    TableName: target,
    AttributeDefinitions: Table.AttributeDefinitions,
    KeySchema: Table.KeySchema,
    BillingMode: "PAY_PER_REQUEST",
    ...indexes("GlobalSecondaryIndexes"),
    ...indexes("LocalSecondaryIndexes"),
  });
  let ExclusiveStartKey: object | undefined;
  do {
    const page: Page = await engine.call<Page>("Scan", { TableName: source, ExclusiveStartKey, ConsistentRead: true });
    for (let index = 0; index < page.Items.length; index += BATCH) {
      const puts = page.Items.slice(index, index + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await engine.call("BatchWriteItem", { RequestItems: { [target]: puts } });
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  const { Table: restored } = await engine.call<{ Table: object }>("DescribeTable", { TableName: target });
  return { TableDescription: restored };
}
