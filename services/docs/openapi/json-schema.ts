import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a request with this schema contains, or what a response does. A custom check cannot be expressed. */
export function jsonSchemaOf(schema: v.GenericSchema): JsonSchema {
  const { $schema, ...converted } = toJsonSchema(schema, {
    target: "draft-2020-12",
    typeMode: "input",
    errorMode: "ignore",
  });
  return converted;
}

/** A schema with what its kind has. */
interface Part {
  readonly type: string;
  readonly requirement?: unknown;
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly item?: Part;
  readonly pipe?: readonly Part[];
}

/** The schema of a parameter: text is a number or a list of them where the request is read as such. */
export const parameterSchemaOf = (schema: v.GenericSchema<string | undefined, unknown>): JsonSchema =>
  convert(schema as v.GenericSchema & Part);

function convert(schema: v.GenericSchema & Part): JsonSchema {
  if (schema.wrapped) {
    const inner = convert(schema.wrapped as v.GenericSchema & Part);
    if (schema.default === undefined) return inner;
    return { ...inner, default: inner.type === "integer" ? Number(schema.default) : schema.default };
  }
  const parts = schema.pipe ?? [];
  const requirementOf = (type: string): unknown => parts.find((part) => part.type === type)?.requirement;
  const limits = (names: Readonly<Record<string, string>>): JsonSchema =>
    Object.fromEntries(
      Object.entries(names).flatMap(([name, type]) => {
        const value = requirementOf(type);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const list = parts.find(({ type }) => type === "array");
  if (list?.item) {
    const items = convert(list.item as v.GenericSchema & Part);
    return { type: "array", items, minItems: 1, ...limits({ maxItems: "max_length" }) };
  }
  if (parts.some(({ type }) => type === "to_number")) {
    const range = limits({ minimum: "min_value", maximum: "max_value" });
    return { type: "integer", ...(range.minimum === undefined && { minimum: 0 }), ...range };
  }
  return jsonSchemaOf(schema);
}
