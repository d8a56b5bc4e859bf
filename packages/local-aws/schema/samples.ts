import type { CtyType, ObjectValue } from "../src/provider/cty.ts";
import { type Attribute, attributeType, type Block, type NestedBlock } from "../src/provider/schema.ts";

/** Arguments without which a type cannot be planned. The values only have to be valid. */
const REQUIRED_VALUES: Readonly<Record<string, ObjectValue>> = {
  aws_dynamodb_table: { billing_mode: "PAY_PER_REQUEST", hash_key: "a1", attribute: [{ name: "a1", type: "S" }] },
  aws_kinesis_stream: { shard_count: 1 },
  aws_kinesis_firehose_delivery_stream: { destination: "extended_s3" },
  aws_lb_target_group: { port: 80, protocol: "HTTP", vpc_id: "vpc-1" },
  aws_lambda_function: { handler: "index.handler", runtime: "nodejs22.x" },
};

/** An attribute of a resource; `path` leads through nested blocks and ends with the attribute. */
export interface AttributePath {
  readonly path: readonly string[];
  readonly attribute: Attribute;
}

/** Every attribute of a block and of its nested blocks. */
export function* attributePaths(block: Block, path: readonly string[] = []): Generator<AttributePath> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) yield { path: [...path, name], attribute };
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (name !== "timeouts") yield* attributePaths(nested.block, [...path, name]);
  }
}

/** A configuration with the required arguments, the blocks along `path`, and `value` at its end. */
export function sample(typeName: string, block: Block, path: readonly string[], value: unknown): ObjectValue {
  const config = { ...required(block), ...REQUIRED_VALUES[typeName] };
  if (path.length > 0) setValue(config, block, path, value);
  return config;
}

function setValue(config: ObjectValue, block: Block, [head = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined) config[head] = value;
    else if (!block.attributes?.[head]?.required) config[head] = null;
    return;
  }
  const nested = block.block_types?.[head];
  if (!nested) return;
  const element = required(nested.block);
  setValue(element, nested.block, rest, value);
  config[head] = nested.nesting_mode === "single" ? element : [element];
}

function required(block: Block): ObjectValue {
  const config: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    config[name] = attribute.required ? samples(attributeType(attribute))[0] : null;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) config[name] = requiredBlock(nested);
  return config;
}

function requiredBlock(nested: NestedBlock): unknown {
  if (nested.nesting_mode === "single") return null;
  return Array.from({ length: nested.min_items ?? 0 }, () => required(nested.block));
}

/** Two different values of a type. */
export function samples(type: CtyType): [unknown, unknown] {
  if (type === "string") return ["a1", "b2"];
  if (type === "number") return [1, 2];
  if (type === "bool") return [true, false];
  if (type === "dynamic") return [null, null];
  if (type[0] === "object") {
    const members = Object.entries(type[1]).map(([name, member]) => [name, samples(member)] as const);
    const pick = (index: 0 | 1) => Object.fromEntries(members.map(([name, pair]) => [name, pair[index]]));
    return [pick(0), pick(1)];
  }
  if (type[0] === "tuple") return [[], []];
  const [first, second] = samples(type[1]);
  return type[0] === "map" ? [{ key: first }, { key: second }] : [[first], [second]];
}
