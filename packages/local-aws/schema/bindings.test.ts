import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readSchema } from "../src/provider/schema/aws.ts";

/** Every resource of 6.x can name its region; 5.100 cannot. Not worth a line per type. */
const EVERYWHERE = new Set(["region", "id", "timeouts"]);
const library = join(dirname(createRequire(import.meta.url).resolve("@cdktf/provider-aws/package.json")), "lib");

/** The arguments and blocks at the top of a resource, as its binding takes them; undefined when there is no binding. */
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
 * The bindings are typed for provider 6.25 and the schema is that of 5.100. The stacks may use only what both know
 * (their tests hold them to the schema), so this is the list of what is out of reach, kept where a change of either
 * version shows.
 */
it("differs from the bindings in nothing but what is listed", () => {
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
    const bindingsOnly = [...binding].filter((name) => !known.has(name) && !EVERYWHERE.has(name));
    const schemaOnly = [...known].filter((name) => !binding.has(name) && !EVERYWHERE.has(name));
    if (bindingsOnly.length + schemaOnly.length > 0) differences[type] = { bindingsOnly, schemaOnly };
  }
  expect(differences).toMatchSnapshot();
});
