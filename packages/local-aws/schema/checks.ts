import type { ObjectValue } from "../src/provider/cty.ts";
import { type Attribute, attributeType, type Block, blockType, type Schema } from "../src/provider/schema.ts";
import type { Diagnostic, RealProvider } from "./real-provider.ts";
import { attributePaths, sample, samples } from "./samples.ts";

/** Values that are outside of every list and range and have no valid format. */
const INVALID_VALUES = { string: "no such value", number: -99_999 } as const;

/** Values that are valid only in later releases of the provider. */
const VALID_IN_LATER_RELEASES: Readonly<Record<string, readonly string[]>> = {
  "aws_lambda_function.runtime": ["nodejs24.x"],
  "aws_lambda_layer_version.compatible_runtimes": ["nodejs24.x"],
};

/**
 * Obtains from the real provider which values are invalid: argument by argument, then all at once for conflicting
 * arguments.
 */
export async function addValidation(provider: RealProvider, typeName: string, schema: Schema): Promise<Schema> {
  const block = structuredClone(schema.block) as Block;
  const type = blockType(schema.block);
  const validate = (config: ObjectValue) => provider.validate(typeName, type, config).catch(() => []);
  for (const { path, attribute } of attributePaths(block)) {
    const value = INVALID_VALUES[attribute.type as keyof typeof INVALID_VALUES];
    if (value === undefined || !(attribute.required || attribute.optional) || attribute.write_only) continue;
    const name = path.at(-1) ?? "";
    const others = new Set((await validate(sample(typeName, schema.block, path, undefined))).map(textOf));
    const diagnostics = await validate(sample(typeName, schema.block, path, value));
    // A pattern is an alternative to a list also when the value of the sample does not match it either.
    const own = diagnostics.filter(
      (diagnostic) =>
        isAbout(diagnostic, name) && (!others.has(textOf(diagnostic)) || /invalid value for/.test(textOf(diagnostic))),
    );
    // Several diagnostics about one value are alternatives (a range, or zero), and none of them is the rule by itself.
    const check = own.length === 1 && own[0] ? checkOf(own[0]) : undefined;
    const later = VALID_IN_LATER_RELEASES[`${typeName}.${path.join(".")}`] ?? [];
    if (check) Object.assign(attribute, "one_of" in check ? { one_of: [...(check.one_of ?? []), ...later] } : check);
  }
  const none = await validate(sample(typeName, schema.block, [], undefined));
  const all = await validate(completeConfiguration(schema.block));
  return { ...schema, block, ...combinations(schema.block, none, all) };
}

function isAbout(diagnostic: Diagnostic, name: string): boolean {
  return new RegExp(`(^|[\\s."\`])${name}([\\s"\`,]|$)`).test(textOf(diagnostic));
}

/** The valid values according to a diagnostic. The patterns match the messages of the provider's two SDKs. */
function checkOf(diagnostic: Diagnostic): Partial<Attribute> | undefined {
  const text = textOf(diagnostic);
  const list = /(?:to be one of|value must be one of:) \[(.*?)\]/.exec(text)?.[1];
  if (list !== undefined) return { one_of: [...list.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value) };
  const range = /to be in the range \((-?\d+) - (-?\d+)\)/.exec(text);
  if (range) return { range: [Number(range[1]), Number(range[2])] };
  const least = /to be at least \((-?\d+)\)/.exec(text);
  if (least) return { range: [Number(least[1]), null] };
  if (/invalid JSON/.test(text)) return { format: "json" };
  if (/invalid ARN|valid ARN/i.test(text)) return { format: "arn" };
  if (/CIDR/.test(text)) return { format: "cidr" };
  return undefined;
}

function textOf({ summary, detail }: Diagnostic): string {
  return `${summary} ${detail}`;
}

/** In alphabetical order, because the order of the provider's diagnostics varies. */
type Combinations = Pick<Schema, "conflicts" | "at_least_one_of" | "only_one_of">;

function combinations(block: Block, none: readonly Diagnostic[], all: readonly Diagnostic[]): Combinations {
  const known = (name: string) => name in (block.attributes ?? {}) || name in (block.block_types ?? {});
  const conflicts: Record<string, string[]> = {};
  for (const { detail } of all) {
    const [, name = "", other = ""] = /^"(\w+)": conflicts with (\w+)$/.exec(detail) ?? [];
    if (known(name) && known(other)) conflicts[name] = [...new Set([...(conflicts[name] ?? []), other])];
  }
  const groups = (diagnostics: readonly Diagnostic[], pattern: RegExp) => {
    const found = diagnostics.flatMap(({ detail }) => pattern.exec(detail)?.[1] ?? []);
    return [...new Set(found)]
      .sort()
      .map((names) => names.split(","))
      .filter((names) => names.every(known));
  };
  const atLeast = groups(none, /one of `([\w,]+)` must be specified/);
  const onlyOne = groups(all, /only one of `([\w,]+)` can be specified/);
  const inOrder = Object.keys(conflicts)
    .sort()
    .map((name) => [name, conflicts[name]?.sort()]);
  return {
    ...(inOrder.length > 0 ? { conflicts: Object.fromEntries(inOrder) } : {}),
    ...(atLeast.length > 0 ? { at_least_one_of: atLeast } : {}),
    ...(onlyOne.length > 0 ? { only_one_of: onlyOne } : {}),
  };
}

/** A configuration in which every argument and block is set. */
function completeConfiguration(block: Block): ObjectValue {
  const config: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const settable = (attribute.required || attribute.optional) && !attribute.write_only;
    config[name] = settable ? samples(attributeType(attribute))[0] : null;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const element = completeConfiguration(nested.block);
    config[name] = nested.nesting_mode === "single" ? element : [element];
  }
  return config;
}
