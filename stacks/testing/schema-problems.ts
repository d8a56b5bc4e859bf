import { readFileSync } from "node:fs";
import type { Attributes, Synthesized } from "./synthesize.ts";

interface Block {
  readonly attributes?: Readonly<Record<string, { required?: boolean; optional?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { block: Block; min_items?: number; max_items?: number }>>;
}

/** What Terraform itself takes besides a resource's own arguments. */
const META_ARGUMENTS = new Set(["//", "depends_on", "lifecycle", "count", "for_each", "provider", "provisioner"]);

/** The schema of hashicorp/aws 5.100, the oldest that the stacks allow; the bindings are typed for a newer one. */
const schema = (): Record<string, { block: Block }> =>
  (
    JSON.parse(
      readFileSync(new URL("../../packages/local-aws/src/provider/schema/aws.generated.json", import.meta.url), "utf8"),
    ) as {
      resource_schemas: Record<string, { block: Block }>;
    }
  ).resource_schemas;

/** Arguments that the oldest allowed provider does not know, or misses. */
export function schemaProblems({ stacks }: Synthesized): string[] {
  const types = schema();
  return Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, byName]) => {
      const known = types[type];
      if (!known) return [`${stack}: ${type} is not in the schema; add it to packages/local-aws/schema/types.ts`];
      return Object.entries(byName).flatMap(([name, attributes]) =>
        blockProblems(known.block, attributes).map((problem) => `${stack} ${type}.${name}${problem}`),
      );
    }),
  );
}

function blockProblems({ attributes = {}, block_types: blocks = {} }: Block, value: Attributes): string[] {
  const unknown = Object.keys(value)
    .filter((name) => !META_ARGUMENTS.has(name) && !blocks[name])
    .filter((name) => !(attributes[name]?.required || attributes[name]?.optional))
    .map((name) => `.${name} is no argument`);
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required && value[name] === undefined)
    .map(([name]) => `.${name} is missing`);
  const nested = Object.entries(blocks).flatMap(([name, { block, min_items: minimum = 0, max_items: maximum }]) => {
    const items = ([value[name] ?? []].flat() as Attributes[]) ?? [];
    const count =
      items.length < minimum || (maximum !== undefined && items.length > maximum)
        ? [`.${name} is there ${items.length} times`]
        : [];
    return [...count, ...items.flatMap((item) => blockProblems(block, item).map((problem) => `.${name}${problem}`))];
  });
  return [...unknown, ...missing, ...nested];
}
