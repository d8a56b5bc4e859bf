import { isDeepStrictEqual } from "node:util";
import { text } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import { attributeDefinitions, billing, globalIndex, globalIndexes, stream } from "./table-definition.ts";

/** Arguments that cannot be changed in place. */
const IMMUTABLE = ["name", "hash_key", "range_key", "local_secondary_index"];

/** Whether one of these arguments differs. */
export function isChanged(planned: Attributes, prior: Attributes, ...argumentNames: readonly string[]): boolean {
  return argumentNames.some((name) => !isDeepStrictEqual(planned[name] ?? null, prior[name] ?? null));
}

/**
 * The inputs of the calls of `UpdateTable` that turn one table into another, without `TableName`. There are several
 * because a call may change one aspect of a table only.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 *
 * @throws AwsError `ValidationException` for a change that requires a new table.
 */
export function tableChanges(planned: Attributes, prior: Attributes): object[] {
  if (isChanged(planned, prior, ...IMMUTABLE)) {
    throw new AwsError(
      "ValidationException",
      `${IMMUTABLE.join(", ")} of the table ${text(prior.name)} cannot be changed in place.`,
    );
  }
  return [
    ...(isChanged(planned, prior, "billing_mode", "read_capacity", "write_capacity") ? [billing(planned)] : []),
    ...(isChanged(planned, prior, "table_class") ? [{ TableClass: text(planned.table_class) || "STANDARD" }] : []),
    ...streamChanges(planned, prior),
    ...(isChanged(planned, prior, "deletion_protection_enabled")
      ? [{ DeletionProtectionEnabled: planned.deletion_protection_enabled === true }]
      : []),
    ...indexChanges(planned, prior),
  ];
}

/** The view type of a stream that exists cannot be changed, so the stream is disabled first. */
function streamChanges(planned: Attributes, prior: Attributes): object[] {
  if (!isChanged(planned, prior, "stream_enabled", "stream_view_type")) return [];
  return [
    ...(prior.stream_enabled === true ? [{ StreamSpecification: { StreamEnabled: false } }] : []),
    ...(planned.stream_enabled === true ? [{ StreamSpecification: stream(planned) }] : []),
  ];
}

/** One global index per call. */
function indexChanges(planned: Attributes, prior: Attributes): object[] {
  const [before, after] = [globalIndexes(prior), globalIndexes(planned)];
  const shape = (index: Attributes | undefined) =>
    index && [index.hash_key, index.range_key, index.projection_type, index.non_key_attributes];
  const isSame = (name: string) => isDeepStrictEqual(shape(before.get(name)), shape(after.get(name)));
  const removed = [...before.keys()].filter((name) => !isSame(name));
  const added = [...after].filter(([name]) => !isSame(name));
  return [
    ...removed.map((IndexName) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] })),
    ...added.map(([, index]) => ({
      AttributeDefinitions: attributeDefinitions(planned),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex(index, planned) }],
    })),
  ];
}
