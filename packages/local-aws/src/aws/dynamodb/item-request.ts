import type { RequestContext } from "../../gateway/service.ts";
import { attributeNames, equalities } from "./expression-names.ts";

/** An item or a key: `{"name": {"S": "value"}}`. */
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The members of a request that name attributes, in the current and in the legacy form. */
interface Part {
  readonly Key?: Item;
  readonly Keys?: readonly Item[];
  readonly Item?: Item;
  readonly IndexName?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList?: readonly Item[string][] }>>;
  readonly AttributesToGet?: readonly string[];
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly [member: string]: unknown;
}

const EXPRESSIONS = [
  "ConditionExpression",
  "FilterExpression",
  "KeyConditionExpression",
  "ProjectionExpression",
  "UpdateExpression",
];
/** Members whose own members are attributes. */
const BY_ATTRIBUTE = ["AttributeUpdates", "Expected", "Item", "Key", "KeyConditions", "QueryFilter", "ScanFilter"];

/** What an action does with the items of one table. */
export interface ItemRequest {
  /** Name or ARN. */
  readonly table: string;
  /** The input of the action, or those of a batch. */
  readonly parts: readonly Readonly<Record<string, unknown>>[];
}

/** The index that a request queries, if any. */
export function indexOf({ parts }: ItemRequest): string | undefined {
  return (parts[0] as Part | undefined)?.IndexName;
}

/**
 * The condition keys of a request.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 *
 * @param partitionKey of the table or index; undefined when it does not exist.
 */
export function conditionKeys({ parts }: ItemRequest, partitionKey: string | undefined): RequestContext {
  const inputs = parts as readonly Part[];
  const unique = (values: readonly (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined)),
  ];
  return {
    "dynamodb:Attributes": unique(inputs.flatMap(attributesOf)),
    "dynamodb:LeadingKeys":
      partitionKey === undefined ? [] : unique(inputs.flatMap((input) => leadingKeys(input, partitionKey))),
    "dynamodb:ReturnValues": unique(inputs.map(({ ReturnValues }) => ReturnValues)),
    "dynamodb:Select": unique(inputs.map(({ Select }) => Select)),
  };
}

/** The names of the top-level attributes that a request names. */
function attributesOf(input: Part): string[] {
  const { Keys = [], AttributesToGet = [], ExpressionAttributeNames } = input;
  return [
    ...BY_ATTRIBUTE.flatMap((member) => Object.keys((input[member] ?? {}) as object)),
    ...Keys.flatMap((key) => Object.keys(key)),
    ...AttributesToGet,
    ...EXPRESSIONS.flatMap((member) => attributeNames(String(input[member] ?? ""), ExpressionAttributeNames)),
  ];
}

/** The values of the partition key. A scan has none. */
function leadingKeys(input: Part, partitionKey: string): string[] {
  const { Key, Keys = [], Item, KeyConditions, ExpressionAttributeNames, ExpressionAttributeValues = {} } = input;
  const queried = equalities(String(input.KeyConditionExpression ?? ""), ExpressionAttributeNames)
    .filter(([name]) => name === partitionKey)
    .map(([, placeholder]) => ExpressionAttributeValues[placeholder]);
  const values = [
    ...[Key, Item, ...Keys].map((item) => item?.[partitionKey]),
    ...(KeyConditions?.[partitionKey]?.AttributeValueList ?? []),
    ...queried,
  ];
  return values.filter((value) => value !== undefined).flatMap((value) => Object.values(value).map(String));
}
