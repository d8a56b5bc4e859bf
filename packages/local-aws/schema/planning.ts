import type { CtyType, ObjectValue } from "../src/provider/cty.ts";
import { attributeType, type Block, blockType } from "../src/provider/schema.ts";
import { UNKNOWN, Unknown } from "../src/provider/unknown.ts";
import type { PlanAnswer, RealProvider } from "./real-provider.ts";
import { places, sample, samples } from "./samples.ts";

/**
 * Replacing arguments that no change of a sample finds: the provider compares a table's keys with its attribute definitions while it plans, and reads
 * container definitions as JSON.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ["hash_key", "range_key"],
  aws_ecs_task_definition: ["container_definitions"],
};

/** {@link Block.kind_by}, which no change of a single argument finds. */
const KIND_BY: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"].map((type) => [
    type,
    ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
  ]),
);

/** Asks the real provider, argument by argument, what it plans for an absent one and whether a change of it replaces the resource. */
export async function learnPlanning(provider: RealProvider, typeName: string, block: Block): Promise<Block> {
  const learned = structuredClone(block) as Block;
  const type = blockType(block);
  const ask = (prior: ObjectValue | null, config: ObjectValue) => plan(provider, typeName, type, block, prior, config);
  for (const { path, attribute } of places(learned)) {
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
  const kindBy = KIND_BY[typeName];
  return kindBy ? { ...learned, kind_by: kindBy } : learned;
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
