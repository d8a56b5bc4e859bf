import { tableArn } from "./table-arn.ts";

/** A permission that a request requires. */
export type Permission = readonly [action: string, resource: string];

type Input = Readonly<Record<string, unknown>>;

/**
 * Returns the permissions that a request requires: an action (`dynamodb:GetItem`) and the ARN of a resource each.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export type Permissions = (input: Input) => readonly Permission[];

interface TableInput {
  readonly TableName?: string;
}

/** On the table of the request. */
export function onTable(action: string): Permissions {
  return ({ TableName }) => [[action, tableArn(String(TableName))]];
}

/** On the index of the request, or on the table when the request names no index. */
export function onTableOrIndex(action: string): Permissions {
  return ({ TableName, IndexName }) => {
    const table = tableArn(String(TableName));
    return [[action, IndexName === undefined ? table : `${table}/index/${String(IndexName)}`]];
  };
}

/** On all tables. */
export function onAllTables(action: string): Permissions {
  return () => [[action, tableArn("*")]];
}

/** On each table of a batch. */
export function onRequestedTables(action: string): Permissions {
  return ({ RequestItems }) => Object.keys((RequestItems ?? {}) as object).map((table) => [action, tableArn(table)]);
}

/**
 * For each item of a transaction, the action that corresponds to the item.
 *
 * @param actions by the name of the item's member (`Put`).
 */
export function onTransactionItems(actions: Readonly<Record<string, string>>): Permissions {
  return ({ TransactItems }) => {
    const items = (TransactItems ?? []) as readonly Readonly<Record<string, TableInput>>[];
    return items.flatMap((item) =>
      Object.entries(item).map(
        ([kind, { TableName = "" }]): Permission => [actions[kind] ?? `dynamodb:${kind}`, tableArn(TableName)],
      ),
    );
  };
}
