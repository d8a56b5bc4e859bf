import { isIP } from "node:net";
import type { ObjectValue } from "./cty.ts";
import type { Attribute, Block, Schema } from "./schema.ts";
import { Unknown } from "./unknown.ts";

export interface Complaint {
  readonly summary: string;
  readonly detail: string;
  /** Top-level argument or block that it is about. */
  readonly argument: string;
}

/**
 * What the real provider would refuse of a configuration before it plans: values outside of their list, range or format, and arguments that exclude or
 * need each other. What is missing or unknown to the schema is refused by Terraform itself. Unknown values are let pass until they are known.
 */
export function validate(schema: Schema, config: ObjectValue): Complaint[] {
  return [...values(schema.block, config, []), ...conflicts(schema, config), ...groups(schema, config)];
}

function* values(block: Block, config: ObjectValue, path: readonly (string | number)[]): Generator<Complaint> {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const place = [...path, name];
    for (const value of elements(config[name])) {
      const summary = complaint(attribute, value, place.join("."));
      if (summary !== undefined) yield { summary, detail: "", argument: String(place[0]) };
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

function complaint({ one_of, range, format }: Attribute, value: unknown, place: string): string | undefined {
  if (one_of && typeof value === "string" && !one_of.includes(value)) {
    return `expected ${place} to be one of [${one_of.map((allowed) => JSON.stringify(allowed)).join(" ")}], got ${value}`;
  }
  if (range && typeof value === "number") {
    const [least, greatest] = range;
    if (greatest === null && least !== null && value < least)
      return `expected ${place} to be at least (${least}), got ${value}`;
    if (greatest !== null && (value < (least ?? value) || value > greatest)) {
      return `expected ${place} to be in the range (${least} - ${greatest}), got ${value}`;
    }
  }
  if (typeof value !== "string" || value === "") return undefined;
  if (format === "json" && !isJson(value)) return `${JSON.stringify(place)} contains an invalid JSON`;
  if (format === "arn" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(value))
    return `${JSON.stringify(place)} (${value}) is an invalid ARN`;
  if (format === "cidr" && !isCidr(value))
    return `expected ${place} to contain a valid Value, got: ${value} with err: invalid CIDR address: ${value}`;
  return undefined;
}

function* conflicts({ conflicts = {} }: Schema, config: ObjectValue): Generator<Complaint> {
  for (const [name, others] of Object.entries(conflicts)) {
    const given = isGiven(config[name]) ? others.find((other) => isGiven(config[other])) : undefined;
    if (given !== undefined) {
      yield {
        summary: "Conflicting configuration arguments",
        detail: `${JSON.stringify(name)}: conflicts with ${given}`,
        argument: name,
      };
    }
  }
}

function* groups(schema: Schema, config: ObjectValue): Generator<Complaint> {
  const combination = (names: readonly string[], detail: string) => ({
    summary: "Invalid combination of arguments",
    detail: `${JSON.stringify(names[0])}: ${detail}`,
    argument: names[0] ?? "",
  });
  for (const names of schema.at_least_one_of ?? []) {
    if (!names.some((name) => isGiven(config[name]))) {
      yield combination(names, `one of \`${names.join(",")}\` must be specified`);
    }
  }
  for (const names of schema.only_one_of ?? []) {
    const given = names.filter((name) => isGiven(config[name]));
    if (given.length > 1) {
      const both = given.join(",");
      yield combination(names, `only one of \`${names.join(",")}\` can be specified, but \`${both}\` were specified.`);
    }
  }
}

/** An unknown value counts as given: something will be there. */
function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function elements(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
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
