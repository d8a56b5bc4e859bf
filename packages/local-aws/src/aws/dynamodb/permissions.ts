import { tableArn } from "./table-arn.ts";

/** What a call needs to be allowed: an action without its `dynamodb:`, on a resource. */
export type Permission = readonly [action: string, resource: string];

type Input = Readonly<Record<string, unknown>>;
type Permissions = (input: Input) => readonly Permission[];

interface OnTable {
  readonly TableName?: string;
}

/**
 * The actions that go to the tables, each with the permissions that it needs. A batch needs its own on every table, a transaction those
 * of the single actions. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const TABLE_ACTIONS: Readonly<Record<string, Permissions>> = {
  BatchGetItem: onRequestedTables("BatchGetItem"),
  BatchWriteItem: onRequestedTables("BatchWriteItem"),
  CreateTable: onTable("CreateTable"),
  DeleteItem: onTable("DeleteItem"),
  DeleteTable: onTable("DeleteTable"),
  DescribeTable: onTable("DescribeTable"),
  DescribeTimeToLive: onTable("DescribeTimeToLive"),
  GetItem: onTable("GetItem"),
  ListTables: () => [["ListTables", tableArn("*")]],
  PutItem: onTable("PutItem"),
  Query: onTableOrIndex("Query"),
  Scan: onTableOrIndex("Scan"),
  TransactGetItems: (input) => transaction(input, { Get: "GetItem" }),
  TransactWriteItems: (input) =>
    transaction(input, {
      ConditionCheck: "ConditionCheckItem",
      Delete: "DeleteItem",
      Put: "PutItem",
      Update: "UpdateItem",
    }),
  UpdateItem: onTable("UpdateItem"),
  UpdateTable: onTable("UpdateTable"),
  UpdateTimeToLive: onTable("UpdateTimeToLive"),
};

function onTable(action: string): Permissions {
  return ({ TableName }) => [[action, tableArn(String(TableName))]];
}

function onTableOrIndex(action: string): Permissions {
  return ({ TableName, IndexName }) => {
    const table = tableArn(String(TableName));
    return [[action, IndexName === undefined ? table : `${table}/index/${String(IndexName)}`]];
  };
}

function onRequestedTables(action: string): Permissions {
  return ({ RequestItems }) => Object.keys((RequestItems ?? {}) as object).map((table) => [action, tableArn(table)]);
}

function transaction({ TransactItems }: Input, actions: Readonly<Record<string, string>>): readonly Permission[] {
  const items = (TransactItems ?? []) as readonly Readonly<Record<string, OnTable>>[];
  return items.flatMap((item) =>
    Object.entries(item).map(([kind, { TableName = "" }]): Permission => [actions[kind] ?? kind, tableArn(TableName)]),
  );
}
