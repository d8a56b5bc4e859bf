import { block, blocks, number, optionalText, text, texts } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";

/** The input of `CreateTable` for an `aws_dynamodb_table`. */
export function tableDefinition(attributes: Attributes) {
  const global = blocks(attributes.global_secondary_index).map((index) => globalIndex(index, attributes));
  const local = blocks(attributes.local_secondary_index).map((index) =>
    indexDefinition({ ...index, hash_key: attributes.hash_key }),
  );
  return {
    TableName: text(attributes.name),
    AttributeDefinitions: attributeDefinitions(attributes),
    KeySchema: keySchema(attributes),
    ...billing(attributes),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(attributes.stream_enabled === true && { StreamSpecification: stream(attributes) }),
    ...(attributes.deletion_protection_enabled === true && { DeletionProtectionEnabled: true }),
    ...(optionalText(attributes.table_class) && { TableClass: attributes.table_class }),
  };
}

export function isOnDemand({ billing_mode }: Attributes): boolean {
  return billing_mode === "PAY_PER_REQUEST";
}

export function attributeDefinitions({ attribute }: Attributes) {
  return blocks(attribute).map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));
}

export function billing(attributes: Attributes) {
  return isOnDemand(attributes)
    ? { BillingMode: "PAY_PER_REQUEST" }
    : { BillingMode: "PROVISIONED", ProvisionedThroughput: throughput(attributes) };
}

export function stream({ stream_enabled, stream_view_type }: Attributes) {
  return stream_enabled === true ? { StreamEnabled: true, StreamViewType: stream_view_type } : { StreamEnabled: false };
}

export function globalIndex(index: Attributes, table: Attributes) {
  return { ...indexDefinition(index), ...(!isOnDemand(table) && { ProvisionedThroughput: throughput(index) }) };
}

export function globalIndexes(attributes: Attributes): ReadonlyMap<string, Attributes> {
  return new Map(blocks(attributes.global_secondary_index).map((index) => [text(index.name), index]));
}

export function timeToLive({ ttl }: Attributes) {
  const { enabled, attribute_name } = block(ttl);
  return { Enabled: enabled === true, AttributeName: text(attribute_name) };
}

function indexDefinition(index: Attributes) {
  const keys = texts(index.non_key_attributes);
  return {
    IndexName: text(index.name),
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.projection_type, ...(keys.length > 0 && { NonKeyAttributes: keys }) },
  };
}

function keySchema({ hash_key, range_key }: Attributes) {
  return [
    { AttributeName: text(hash_key), KeyType: "HASH" },
    ...(optionalText(range_key) ? [{ AttributeName: text(range_key), KeyType: "RANGE" }] : []),
  ];
}

function throughput({ read_capacity, write_capacity }: Attributes) {
  return { ReadCapacityUnits: number(read_capacity, 1), WriteCapacityUnits: number(write_capacity, 1) };
}
