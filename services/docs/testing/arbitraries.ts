import fc from "fast-check";

/** The part of JSON Schema that the document uses in requests. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** Text of any characters that a request can have. */
const text = (minLength = 0, maxLength = 40): fc.Arbitrary<string> =>
  fc.oneof(fc.string({ minLength, maxLength }), fc.string({ unit: "binary", minLength, maxLength }));

/**
 * Values that a schema accepts.
 *
 * @throws Error for a schema that this does not support, so that none is tested with wrong values
 */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
      return text(schema.minLength, Math.min(schema.maxLength ?? 40, 40));
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000_000 });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valuesOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case "object":
      return objectsOf(schema);
    default:
      throw new Error(`The schema ${JSON.stringify(schema)} is not supported.`);
  }
}

function objectsOf({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === "object") return fc.dictionary(text(1, 20), valuesOf(additionalProperties));
  const members = Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, valuesOf(member)]));
  return fc.record(members, { requiredKeys: [...required] });
}

/** Values that hardly any schema accepts, and such that look like accepted ones. */
export const strangeValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom("", " ", "\0", "..", "a/../b", "/a", "a".repeat(2_000), "%00", "-1", "1e9", "NaN", "9".repeat(30)),
  fc.constantFrom("__proto__", "constructor", "\u202e", "\ufffe", "'; drop table files; --", "*", '"', "W/"),
  text(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value with one member, at any depth, removed or replaced by a strange one. */
export const mutated = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, strangeValues, fc.nat(), fc.boolean())
    .map(([original, strange, position, isRemoved]) => mutate(original, strange, position, isRemoved));

function mutate(value: unknown, strange: unknown, position: number, isRemoved: boolean): unknown {
  if (typeof value !== "object" || value === null) return strange;
  const names = Object.keys(value);
  const name = names[position % (names.length + 1)];
  if (name === undefined) return strange;
  const rest = Math.floor(position / (names.length + 1));
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  if (isRemoved && rest % 2 === 0) delete copy[name];
  else copy[name] = mutate(copy[name], strange, rest, isRemoved);
  return Array.isArray(value) ? Object.values(copy) : copy;
}
