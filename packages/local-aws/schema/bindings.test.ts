import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readSchema } from "../src/provider/schema/aws.ts";

/** Not compared. In provider 6.x, every resource has the argument `region`, which 5.100 does not have. */
const COMMON_ARGUMENTS = new Set(["region", "id", "timeouts"]);
const library = join(dirname(createRequire(import.meta.url).resolve("@cdktf/provider-aws/package.json")), "lib");

/** The top-level arguments and blocks of a resource according to its bindings; undefined when it has no bindings. */
function bindingArguments(type: string): Set<string> | undefined {
  const file = join(library, type.replace(/^aws_/, "").replaceAll("_", "-"), "index.d.ts");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const start = /export interface \w+Config extends cdktf\.TerraformMetaArguments \{/.exec(text);
  if (!start) return undefined;
  const body = text.slice(start.index, text.indexOf("\n}", start.index));
  return new Set([...body.matchAll(/#(\w+) \w+#\1\}/g)].map(([, name = ""]) => name));
}

/**
 * The bindings are generated from provider 6.25, and the schema is that of 5.100. The stacks can use only arguments
 * that both have, which their tests verify against the schema. The snapshot lists the other arguments, so that an
 * upgrade of either version shows what changes.
 */
it("differs from the bindings only in the listed arguments", () => {
  const differences: Record<string, { bindingsOnly: string[]; schemaOnly: string[] } | string> = {};
  for (const [type, { block }] of Object.entries(readSchema().resource_schemas)) {
    const binding = bindingArguments(type);
    if (!binding) {
      differences[type] = "no binding";
      continue;
    }
    const settable = Object.entries(block.attributes ?? {}).filter(
      ([, attribute]) => attribute.required || attribute.optional,
    );
    const known = new Set([...settable.map(([name]) => name), ...Object.keys(block.block_types ?? {})]);
    const bindingsOnly = [...binding].filter((name) => !known.has(name) && !COMMON_ARGUMENTS.has(name));
    const schemaOnly = [...known].filter((name) => !binding.has(name) && !COMMON_ARGUMENTS.has(name));
    if (bindingsOnly.length + schemaOnly.length > 0) differences[type] = { bindingsOnly, schemaOnly };
  }
  expect(differences).toMatchSnapshot();
});
