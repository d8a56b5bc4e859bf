import type { ItemRequest } from "./item-request.ts";
import { tableArn } from "./table-arn.ts";

/** A permission that a request requires. */
export interface Permission {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** What the action does with items. Conditions of policies may depend on it. */
  readonly request?: ItemRequest;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * Returns the permissions that a request requires.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export type Permissions = (input: Input) => readonly Permission[];

/** On the table of the request. */
export function onTable(action: string): Permissions {
  return ({ TableName }) => [{ action, resource: tableArn(String(TableName)) }];
}

/** On the table of the request, for one item. */
export function onItem(action: string): Permissions {
  return (input) => [itemPermission(action, String(input.TableName), [input])];
}

/** On the index of the request, or on the table when the request names no index. */
export function onTableOrIndex(action: string): Permissions {
  return (input) => {
    const permission = itemPermission(action, String(input.TableName), [input]);
    if (input.IndexName === undefined) return [permission];
    return [{ ...permission, resource: `${permission.resource}/index/${String(input.IndexName)}` }];
  };
}

/** On all tables. */
export function onAllTables(action: string): Permissions {
  return () => [{ action, resource: tableArn("*") }];
}

/** On each table of a batch. */
export function onRequestedTables(action: string): Permissions {
  return ({ RequestItems }) =>
    Object.entries((RequestItems ?? {}) as Readonly<Record<string, unknown>>).map(([table, requests]) =>
      itemPermission(action, table, batchParts(requests)),
    );
}

/**
 * For each item of a transaction, the action that corresponds to the item.
 *
 * @param actions by the name of the item's member (`Put`).
 */
export function onTransactionItems(actions: Readonly<Record<string, string>>): Permissions {
  return ({ TransactItems }) => {
    const items = (TransactItems ?? []) as readonly Readonly<Record<string, Input>>[];
    return items.flatMap((item) =>
      Object.entries(item).map(([kind, input]) =>
        itemPermission(actions[kind] ?? `dynamodb:${kind}`, String(input.TableName ?? ""), [input]),
      ),
    );
  };
}

function itemPermission(action: string, table: string, parts: readonly Input[]): Permission {
  return { action, resource: tableArn(table), request: { table, parts } };
}

/** The requests to one table of `BatchWriteItem`, a list, or of `BatchGetItem`, an object with all keys. */
function batchParts(requests: unknown): readonly Input[] {
  if (!Array.isArray(requests)) return [(requests ?? {}) as Input];
  return requests.flatMap((request) => Object.values(request as Readonly<Record<string, Input>>));
}
