import type { Call } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import type { DynamoDbContext } from "./operations/context.ts";
import { tableArn, tableName } from "./table-arn.ts";
import type { TableSettings } from "./table-settings.ts";

/**
 * The settings of a table, if the caller may perform the action on it.
 *
 * @param reference name or ARN of the table.
 * @throws AwsError `AccessDenied`, or `TableNotFoundException`.
 */
export function authorizedTable(
  { settings }: DynamoDbContext,
  reference: string,
  call: Call,
  action: string,
): TableSettings {
  call.authorize(action, tableArn(reference));
  const found = settings.get(tableName(reference));
  if (!found) throw new AwsError("TableNotFoundException", `Table not found: ${tableName(reference)}`);
  return found;
}
