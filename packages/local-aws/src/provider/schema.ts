import type { CtyType } from "./cty.ts";

/**
 * A provider's schema in the format of `terraform providers schema -json`, with information that this command does not
 * print and that the generator obtains from the real provider: defaults, arguments that replace the resource, and
 * invalid values.
 */
export interface ProviderSchema {
  /** Release of the real provider. */
  readonly provider_version?: string;
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
  readonly ephemeral_resource_schemas: Readonly<Record<string, Schema>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
  /** Arguments and blocks that conflict with each one. */
  readonly conflicts?: Readonly<Record<string, readonly string[]>>;
  /** At least one of each group must be set. */
  readonly at_least_one_of?: readonly (readonly string[])[];
  /** At most one of each group may be set. */
  readonly only_one_of?: readonly (readonly string[])[];
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: boolean;
  /**
   * Alternative arguments: setting another one of them replaces the resource, although changing the value of the one
   * that is set does not.
   */
  readonly replaced_when_switched?: readonly string[];
}

export interface Attribute {
  readonly type?: CtyType;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
  /** The value that the provider plans when the argument is absent. */
  readonly default?: unknown;
  /** A change replaces the resource. */
  readonly force_new?: boolean;
  /** The valid values. */
  readonly one_of?: readonly string[];
  /** Minimum and maximum; null where there is none. */
  readonly range?: readonly [number | null, number | null];
  /** The format of a string. */
  readonly format?: "arn" | "cidr" | "json";
}

export interface NestedBlock {
  readonly nesting_mode: string;
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

const blockTypes = new WeakMap<Block, CtyType>();

/** The object type of a block's values. */
export function blockType(block: Block): CtyType {
  const known = blockTypes.get(block);
  if (known) return known;
  const members: Record<string, CtyType> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) members[name] = attributeType(attribute);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    members[name] = nestedIn(nested.nesting_mode, blockType(nested.block));
  }
  const type: CtyType = ["object", members];
  blockTypes.set(block, type);
  return type;
}

export function attributeType(attribute: Attribute): CtyType {
  if (attribute.type !== undefined) return attribute.type;
  const { nesting_mode: mode = "single", attributes = {} } = attribute.nested_type ?? {};
  return nestedIn(mode, blockType({ attributes }));
}

function nestedIn(mode: string, type: CtyType): CtyType {
  return mode === "list" || mode === "set" || mode === "map" ? [mode, type] : type;
}

/** The schema as the protocol's `Schema` message. */
export function schemaMessage(schema: Schema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(attributeMessage),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
    deprecated: block.deprecated ?? false,
  };
}

function attributeMessage([name, attribute]: [string, Attribute]): object {
  const { type, nested_type: nested, required, optional, computed, sensitive, deprecated, write_only } = attribute;
  const flags = { name, required, optional, computed, sensitive, deprecated, write_only };
  if (!nested) return { ...flags, type: Buffer.from(JSON.stringify(type)) };
  const attributes = Object.entries(nested.attributes).map(attributeMessage);
  return { ...flags, nested_type: { nesting: nested.nesting_mode.toUpperCase(), attributes } };
}
