import type { CtyType, ObjectValue } from "../src/provider/cty.ts";
import { attributeType, type Block, blockType } from "../src/provider/schema.ts";
import { UNKNOWN, Unknown } from "../src/provider/unknown.ts";
import type { PlanResult, RealProvider } from "./real-provider.ts";
import { attributePaths, sample, samples } from "./samples.ts";

/**
 * Arguments whose change replaces the resource, although changing a sample does not show it: the provider compares a
 * table's keys with its attribute definitions while it plans, parses container definitions as JSON, and requires the
 * block of a delivery stream's destination.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ["hash_key", "range_key"],
  aws_ecs_task_definition: ["container_definitions"],
  aws_kinesis_firehose_delivery_stream: ["name"],
};

/** The values of {@link Block.replaced_when_switched}, which changing a single argument does not show. */
const REPLACED_WHEN_SWITCHED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"].map((type) => [
    type,
    ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
  ]),
);

/** Obtains from the real provider, argument by argument, the default and whether a change replaces the resource. */
export async function addPlanning(provider: RealProvider, typeName: string, block: Block): Promise<Block> {
  const planned = structuredClone(block) as Block;
  const type = blockType(block);
  const planFor = (prior: ObjectValue | null, config: ObjectValue) =>
    plan(provider, typeName, type, block, prior, config);
  for (const { path, attribute } of attributePaths(planned)) {
    const settable = attribute.required || attribute.optional;
    if (!settable || attribute.write_only || path.at(-1) === "id") continue;
    const without = sample(typeName, block, path, undefined);
    const planned = read((await planFor(null, without))?.planned, path);
    const repeated = read((await planFor(null, without))?.planned, path);
    // A value that differs between two plans is generated (a random name, the time) and not a default.
    if (attribute.optional && isDefault(planned) && planned === repeated)
      Object.assign(attribute, { default: planned });

    const [first, second] = samples(attributeType(attribute));
    const prior = await planFor(null, sample(typeName, block, path, first));
    const change = prior?.planned
      ? await planFor(applied(prior.planned as ObjectValue), sample(typeName, block, path, second))
      : undefined;
    const isListed = path.length === 1 && REPLACING[typeName]?.includes(path[0] ?? "");
    if (isListed || change?.replacedBy.includes(path[0] ?? "")) Object.assign(attribute, { force_new: true });
  }
  const alternatives = REPLACED_WHEN_SWITCHED[typeName];
  return alternatives ? { ...planned, replaced_when_switched: alternatives } : planned;
}

async function plan(
  provider: RealProvider,
  typeName: string,
  type: CtyType,
  block: Block,
  prior: ObjectValue | null,
  config: ObjectValue,
): Promise<PlanResult | undefined> {
  const proposed = { ...config };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (attribute.computed && (config[name] ?? null) === null) proposed[name] = prior ? prior[name] : UNKNOWN;
  }
  try {
    const result = await provider.plan(typeName, type, prior, config, proposed);
    return result.errors.length === 0 ? result : undefined;
  } catch {
    return undefined; // The provider could not plan the sample, so nothing is known about this argument.
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

/** A planned state as it could be after apply: with an ID; other unknown values are null. */
function applied(planned: ObjectValue): ObjectValue {
  const known = (value: unknown): unknown => {
    if (value instanceof Unknown) return null;
    if (Array.isArray(value)) return value.map(known);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, known(member)]));
  };
  return { ...(known(planned) as ObjectValue), ...("id" in planned ? { id: "id-1" } : {}) };
}
