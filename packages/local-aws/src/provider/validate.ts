import { isIP } from "node:net";
import { elements } from "./attributes.ts";
import type { ObjectValue } from "./cty.ts";
import type { Attribute, Block, Schema } from "./schema.ts";
import { Unknown } from "./unknown.ts";

export interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  /** Top-level argument or block that it concerns. */
  readonly argument: string;
}

/**
 * The problems that the real provider reports in a configuration before it plans: values outside of their list, range
 * or format, and arguments that conflict or require each other. Terraform itself rejects arguments that are missing or
 * not in the schema. Unknown values are valid until they are known.
 */
export function validate(schema: Schema, config: ObjectValue): Diagnostic[] {
  return [...values(schema.block, config, []), ...conflicts(schema, config), ...groups(schema, config)];
}

function* values(block: Block, config: ObjectValue, path: readonly (string | number)[]): Generator<Diagnostic> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const address = [...path, name];
    for (const value of elements(config[name])) {
      const summary = problemOf(attribute, value, address.join("."));
      if (summary !== undefined) yield { summary, detail: "", argument: String(address[0]) };
    }
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    for (const [index, element] of elements(config[name]).entries()) {
      if (element !== null && typeof element === "object" && !(element instanceof Unknown)) {
        yield* values(nested.block, element as ObjectValue, [...path, name, index]);
      }
    }
  }
}

function problemOf({ one_of, range, format }: Attribute, value: unknown, address: string): string | undefined {
  if (one_of && typeof value === "string" && !one_of.includes(value)) {
    return `expected ${address} to be one of [${one_of.map((allowed) => JSON.stringify(allowed)).join(" ")}], got ${value}`;
  }
  if (range && typeof value === "number") {
    const [least, greatest] = range;
    if (greatest === null && least !== null && value < least)
      return `expected ${address} to be at least (${least}), got ${value}`;
    if (greatest !== null && (value < (least ?? value) || value > greatest)) {
      return `expected ${address} to be in the range (${least} - ${greatest}), got ${value}`;
    }
  }
  if (typeof value !== "string" || value === "") return undefined;
  if (format === "json" && !isJson(value)) return `${JSON.stringify(address)} contains an invalid JSON`;
  if (format === "arn" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(value))
    return `${JSON.stringify(address)} (${value}) is an invalid ARN`;
  if (format === "cidr" && !isCidr(value))
    return `expected ${address} to contain a valid Value, got: ${value} with err: invalid CIDR address: ${value}`;
  return undefined;
}

function* conflicts({ conflicts = {} }: Schema, config: ObjectValue): Generator<Diagnostic> {
  for (const [name, others] of Object.entries(conflicts)) {
    const conflicting = isSet(config[name]) ? others.find((other) => isSet(config[other])) : undefined;
    if (conflicting !== undefined) {
      yield {
        summary: "Conflicting configuration arguments",
        detail: `${JSON.stringify(name)}: conflicts with ${conflicting}`,
        argument: name,
      };
    }
  }
}

function* groups(schema: Schema, config: ObjectValue): Generator<Diagnostic> {
  const combination = (names: readonly string[], detail: string) => ({
    summary: "Invalid combination of arguments",
    detail: `${JSON.stringify(names[0])}: ${detail}`,
    argument: names[0] ?? "",
  });
  for (const names of schema.at_least_one_of ?? []) {
    if (!names.some((name) => isSet(config[name]))) {
      yield combination(names, `one of \`${names.join(",")}\` must be specified`);
    }
  }
  for (const names of schema.only_one_of ?? []) {
    const set = names.filter((name) => isSet(config[name]));
    if (set.length > 1) {
      const both = set.join(",");
      yield combination(names, `only one of \`${names.join(",")}\` can be specified, but \`${both}\` were specified.`);
    }
  }
}

/** An unknown value counts as set. */
function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isCidr(text: string): boolean {
  const [address = "", length = ""] = text.split("/");
  const version = isIP(address);
  return version !== 0 && /^\d+$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
}
