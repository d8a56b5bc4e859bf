import type { RealProvider } from "@nv-demo/local-aws/schema";
import {
  type Attribute,
  attributeType,
  type Block,
  blockType,
  type CtyType,
  fromJson,
  type NestedBlock,
  type ObjectValue,
  planResource,
  replacedBy,
} from "@nv-demo/local-aws/schema";
import type { Resource } from "./states.ts";

/** A changed argument, and whether each provider replaces the resource because of it. */
export interface Decision {
  readonly type: string;
  /** With the names of enclosing blocks, such as `root_block_device.volume_size`. */
  readonly argument: string;
  readonly real: boolean;
  readonly local: boolean;
}

/**
 * Changes the arguments of an applied resource one at a time, and plans each change with both providers.
 *
 * @returns a decision per argument, without those whose change the real provider rejects.
 */
export async function replacementDecisions(
  provider: Pick<RealProvider, "plan">,
  { type: typeName, values }: Resource,
  block: Block,
): Promise<Decision[]> {
  const type = blockType(block);
  const prior = fromJson(type, values) as ObjectValue;
  const decisions: Decision[] = [];
  for (const path of changeablePaths(block, prior)) {
    const proposed = withChange(block, prior, path);
    const config = configurationOf(block, proposed);
    const planned = planResource(block, prior, config, proposed).planned;
    const response = await provider.plan(typeName, type, prior, config, proposed).catch(() => undefined);
    if (!response || response.errors.length > 0) continue;
    const [first = ""] = path;
    const local = replacedBy(block, prior, planned).includes(first);
    decisions.push({ type: typeName, argument: path.join("."), real: response.replacedBy.includes(first), local });
  }
  return decisions;
}

/** The paths of the arguments that can be changed, including those in existing blocks. */
function* changeablePaths(block: Block, values: ObjectValue): Generator<readonly string[]> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (isArgument(attribute) && name !== "id" && otherValue(attribute, values[name]) !== undefined) yield [name];
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const [element] = elements(values[name]);
    if (name === "timeouts" || !element) continue;
    for (const path of changeablePaths(nested.block, element)) yield [name, ...path];
  }
}

function isArgument({ required, optional, write_only }: Attribute): boolean {
  return (required === true || optional === true) && write_only !== true;
}

/** The same values with a different one at the path. */
function withChange(block: Block, values: ObjectValue, [name = "", ...rest]: readonly string[]): ObjectValue {
  const attribute = block.attributes?.[name];
  if (attribute) return { ...values, [name]: otherValue(attribute, values[name]) };
  const nested = block.block_types?.[name];
  const [first, ...others] = elements(values[name]);
  if (!nested || !first) return values;
  const element = withChange(nested.block, first, rest);
  return { ...values, [name]: nested.nesting_mode === "single" ? element : [element, ...others] };
}

/** The configuration that results in these values: everything except what AWS computes. */
function configurationOf(block: Block, values: ObjectValue): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, attribute]) => [
    name,
    isArgument(attribute) && name !== "id" ? values[name] : null,
  ]);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]) => [
    name,
    nestedConfiguration(nested, values[name]),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function nestedConfiguration({ nesting_mode, block }: NestedBlock, value: unknown): unknown {
  if (nesting_mode !== "single") return elements(value).map((element) => configurationOf(block, element));
  return value === null ? null : configurationOf(block, value as ObjectValue);
}

function elements(value: unknown): ObjectValue[] {
  if (Array.isArray(value)) return value as ObjectValue[];
  return value === null || value === undefined ? [] : [value as ObjectValue];
}

/** A different valid value of the argument; undefined if none is known. */
function otherValue({ one_of, range, format, ...attribute }: Attribute, value: unknown): unknown {
  const type = attributeType(attribute);
  if (one_of) return one_of.find((other) => other !== value);
  if (format === "json") return '{"Version":"2012-10-17","Statement":[]}';
  if (format === "cidr") return "10.99.0.0/24";
  if (format === "arn") return "arn:aws:iam::123456789012:role/another";
  if (range) return range.find((bound) => bound !== null && bound !== value);
  return other(type, value);
}

function other(type: CtyType, value: unknown): unknown {
  if (type === "string") return value === "another" ? "one-more" : "another";
  if (type === "number") return typeof value === "number" ? value + 1 : 1;
  if (type === "bool") return value !== true;
  if (typeof type === "string" || type[0] === "tuple" || type[0] === "object") return undefined;
  const member = other(type[1], undefined);
  if (member === undefined) return undefined;
  return type[0] === "map" ? { ...(value as object), another: member } : [...((value as unknown[]) ?? []), member];
}
