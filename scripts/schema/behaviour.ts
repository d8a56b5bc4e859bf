import type { CtyType, ObjectValue } from "../../local/provider/cty.ts";
import { type Attribute, attributeType, type Block, blockType, type NestedBlock } from "../../local/provider/schema.ts";
import { UNKNOWN, Unknown } from "../../local/provider/unknown.ts";
import type { PlanAnswer, RealProvider } from "./real-provider.ts";

/** Arguments without which a type's plan is refused; the values only have to be plausible. */
const NEEDED: Readonly<Record<string, ObjectValue>> = {
  aws_dynamodb_table: { billing_mode: "PAY_PER_REQUEST", hash_key: "a1", attribute: [{ name: "a1", type: "S" }] },
  aws_kinesis_stream: { shard_count: 1 },
  aws_lb_target_group: { port: 80, protocol: "HTTP", vpc_id: "vpc-1" },
  aws_lambda_function: { handler: "index.handler", runtime: "nodejs22.x" },
};

/** Replacing arguments that cannot be changed alone: the provider compares a table's keys with its attribute definitions while it plans. */
const REPLACING: Readonly<Record<string, readonly string[]>> = { aws_dynamodb_table: ["hash_key", "range_key"] };

/** An attribute somewhere in a resource: through `path` of nested blocks, the last step being the attribute. */
interface Place {
  readonly path: readonly string[];
  readonly attribute: Attribute;
}

/** Asks the real provider, argument by argument, what it plans for an absent one and whether a change of it replaces the resource. */
export async function learnBehaviour(provider: RealProvider, typeName: string, block: Block): Promise<Block> {
  const learned = structuredClone(block) as Block;
  const type = blockType(block);
  const ask = (prior: ObjectValue | null, config: ObjectValue) => plan(provider, typeName, type, block, prior, config);
  for (const { path, attribute } of places(learned, [])) {
    const settable = attribute.required || attribute.optional;
    if (!settable || attribute.write_only || path.at(-1) === "id") continue;
    const without = sample(typeName, block, path, undefined);
    const planned = read((await ask(null, without))?.planned, path);
    const again = read((await ask(null, without))?.planned, path);
    // what differs between two plans is made up (a random name, the time), not a default
    if (attribute.optional && isDefault(planned) && planned === again) Object.assign(attribute, { default: planned });

    const [first, second] = samples(attributeType(attribute));
    const prior = await ask(null, sample(typeName, block, path, first));
    const change = prior?.planned
      ? await ask(settled(prior.planned as ObjectValue), sample(typeName, block, path, second))
      : undefined;
    const known = path.length === 1 && REPLACING[typeName]?.includes(path[0] ?? "");
    if (known || change?.replacedBy.includes(path[0] ?? "")) Object.assign(attribute, { force_new: true });
  }
  return learned;
}

async function plan(
  provider: RealProvider,
  typeName: string,
  type: CtyType,
  block: Block,
  prior: ObjectValue | null,
  config: ObjectValue,
): Promise<PlanAnswer | undefined> {
  const proposed = { ...config };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (attribute.computed && (config[name] ?? null) === null) proposed[name] = prior ? prior[name] : UNKNOWN;
  }
  try {
    const answer = await provider.plan(typeName, type, prior, config, proposed);
    return answer.errors.length === 0 ? answer : undefined;
  } catch {
    return undefined; // the provider's own plan logic did not survive the sample: nothing is learned of this argument
  }
}

function* places(block: Block, path: readonly string[]): Generator<Place> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) yield { path: [...path, name], attribute };
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (name !== "timeouts") yield* places(nested.block, [...path, name]);
  }
}

/** A configuration with what is required, the blocks on the way to `path`, and `value` there. */
function sample(typeName: string, block: Block, path: readonly string[], value: unknown): ObjectValue {
  const config = { ...required(block), ...NEEDED[typeName] };
  place(config, block, path, value);
  return config;
}

function place(config: ObjectValue, block: Block, [head = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined) config[head] = value;
    else if (!block.attributes?.[head]?.required) config[head] = null;
    return;
  }
  const nested = block.block_types?.[head];
  if (!nested) return;
  const element = required(nested.block);
  place(element, nested.block, rest, value);
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
function samples(type: CtyType): [unknown, unknown] {
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

function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => {
    const element = Array.isArray(inner) ? inner[0] : inner;
    return element && typeof element === "object" ? (element as ObjectValue)[name] : undefined;
  }, value);
}

function isDefault(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== "object";
}

/** A planned state as it might look after apply: the id is there, the rest of the unknown is nothing. */
function settled(planned: ObjectValue): ObjectValue {
  const known = (value: unknown): unknown => {
    if (value instanceof Unknown) return null;
    if (Array.isArray(value)) return value.map(known);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, known(member)]));
  };
  return { ...(known(planned) as ObjectValue), ...("id" in planned ? { id: "id-1" } : {}) };
}
