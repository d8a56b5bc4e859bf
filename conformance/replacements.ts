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
import type { Resource } from "./answers.ts";

/** One changed argument, and whether each provider would replace the resource for it. */
export interface Decision {
  readonly type: string;
  /** Through blocks, as in `root_block_device.volume_size`. */
  readonly argument: string;
  readonly real: boolean;
  readonly local: boolean;
}

/**
 * Changes a resource as it was applied in one argument after the other, and asks both providers what they would do.
 *
 * @returns nothing of the arguments whose change the real provider does not even plan.
 */
export async function decisions(
  provider: Pick<RealProvider, "plan">,
  { type: typeName, values }: Resource,
  block: Block,
): Promise<Decision[]> {
  const type = blockType(block);
  const prior = fromJson(type, values) as ObjectValue;
  const found: Decision[] = [];
  for (const path of changeable(block, prior)) {
    const proposed = changed(block, prior, path);
    const config = given(block, proposed);
    const planned = planResource(block, prior, config, proposed).planned;
    const answer = await provider.plan(typeName, type, prior, config, proposed).catch(() => undefined);
    if (!answer || answer.errors.length > 0) continue;
    const [first = ""] = path;
    const local = replacedBy(block, prior, planned).includes(first);
    found.push({ type: typeName, argument: path.join("."), real: answer.replacedBy.includes(first), local });
  }
  return found;
}

/** Paths to the arguments of a resource, through the blocks that it has. */
function* changeable(block: Block, values: ObjectValue): Generator<readonly string[]> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (isArgument(attribute) && name !== "id" && otherValue(attribute, values[name]) !== undefined) yield [name];
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const [element] = elements(values[name]);
    if (name === "timeouts" || !element) continue;
    for (const path of changeable(nested.block, element)) yield [name, ...path];
  }
}

function isArgument({ required, optional, write_only }: Attribute): boolean {
  return (required === true || optional === true) && write_only !== true;
}

/** The same values, with another one at the path. */
function changed(block: Block, values: ObjectValue, [name = "", ...rest]: readonly string[]): ObjectValue {
  const attribute = block.attributes?.[name];
  if (attribute) return { ...values, [name]: otherValue(attribute, values[name]) };
  const nested = block.block_types?.[name];
  const [first, ...others] = elements(values[name]);
  if (!nested || !first) return values;
  const element = changed(nested.block, first, rest);
  return { ...values, [name]: nested.nesting_mode === "single" ? element : [element, ...others] };
}

/** What a user must have written for these values: all but what AWS computes. */
function given(block: Block, values: ObjectValue): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, attribute]) => [
    name,
    isArgument(attribute) && name !== "id" ? values[name] : null,
  ]);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]) => [name, givenIn(nested, values[name])]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function givenIn({ nesting_mode, block }: NestedBlock, value: unknown): unknown {
  if (nesting_mode !== "single") return elements(value).map((element) => given(block, element));
  return value === null ? null : given(block, value as ObjectValue);
}

function elements(value: unknown): ObjectValue[] {
  if (Array.isArray(value)) return value as ObjectValue[];
  return value === null || value === undefined ? [] : [value as ObjectValue];
}

/** Another value that the argument takes; undefined where none is known. */
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
