import { type Block, readSchema } from "@nv-demo/local-aws/schema";
import type { Attributes, Synthesized } from "./synthesize.ts";

/** Arguments that Terraform supports for every resource. */
const META_ARGUMENTS = new Set(["//", "depends_on", "lifecycle", "count", "for_each", "provider", "provisioner"]);

/**
 * Unknown, missing or repeated arguments according to the schema of the oldest allowed provider. The bindings are
 * generated from a newer one, so the compiler does not report them.
 */
export function schemaProblems({ stacks }: Synthesized): string[] {
  const schemas = readSchema().resource_schemas;
  return Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, byName]) => {
      const schema = schemas[type];
      if (!schema) return [`${stack}: ${type} is not in the schema; add it to packages/local-aws/schema/types.ts`];
      return Object.entries(byName).flatMap(([name, attributes]) =>
        blockProblems(schema.block, attributes).map((problem) => `${stack} ${type}.${name}${problem}`),
      );
    }),
  );
}

function blockProblems({ attributes = {}, block_types: blocks = {} }: Block, value: Attributes): string[] {
  const unknown = Object.keys(value)
    .filter((name) => !META_ARGUMENTS.has(name) && !blocks[name])
    .filter((name) => !(attributes[name]?.required || attributes[name]?.optional))
    .map((name) => `.${name} is not an argument`);
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required && value[name] === undefined)
    .map(([name]) => `.${name} is missing`);
  const nested = Object.entries(blocks).flatMap(([name, { block, min_items: minimum = 0, max_items: maximum = 0 }]) => {
    const items = [value[name] ?? []].flat() as Attributes[];
    const isInvalid = items.length < minimum || (maximum > 0 && items.length > maximum); // Zero means no maximum.
    const count = isInvalid ? [`.${name} occurs ${items.length} times`] : [];
    return [...count, ...items.flatMap((item) => blockProblems(block, item).map((problem) => `.${name}${problem}`))];
  });
  return [...unknown, ...missing, ...nested];
}
