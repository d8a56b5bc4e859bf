import type { CtyType } from "./cty.ts";

/**
 * A provider's schema, in the form of `terraform providers schema -json`, with the facts which that command does not tell and
 * `npm run schema` asks of the real provider: defaults, what replaces a resource, and which values are refused.
 */
export interface ProviderSchema {
  /** Release of the provider that was asked; the command does not tell it. */
  readonly provider_version?: string;
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
  readonly ephemeral_resource_schemas: Readonly<Record<string, Schema>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
  /** Arguments and blocks that must not be given beside each one. */
  readonly conflicts?: Readonly<Record<string, readonly string[]>>;
  /** Of each of these, one at least must be given. */
  readonly at_least_one_of?: readonly (readonly string[])[];
  /** Of each of these, one at most may be given. */
  readonly only_one_of?: readonly (readonly string[])[];
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: boolean;
  /** Arguments of which another one being given than before replaces the resource, though a change of the given one does not. */
  readonly kind_by?: readonly string[];
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
  /** What the provider plans when the argument is absent. */
  readonly default?: unknown;
  /** A change replaces the whole resource. */
  readonly force_new?: boolean;
  /** The only values that are taken. */
  readonly one_of?: readonly string[];
  /** Least and greatest number that is taken; null where there is no bound. */
  readonly range?: readonly [number | null, number | null];
  /** What a text must be. */
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
