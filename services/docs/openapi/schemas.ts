import type { JsonSchema } from "./json-schema.ts";

/** Replaces each schema with a title by a reference to a component of this name. */
export function moveTitledSchemas<T>(value: T, schemas: Record<string, JsonSchema>): T {
  const move = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(move);
    if (typeof node !== "object" || node === null) return node;
    const moved = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, move(member)]));
    if (typeof moved.title !== "string" || typeof moved.type !== "string") return moved;
    const { title, ...schema } = moved;
    schemas[title] = schema;
    return { $ref: `#/components/schemas/${title}` };
  };
  return move(value) as T;
}

/** The same value with the members of every object in alphabetical order. The order of arrays is part of the value. */
export function sortMembers<T>(value: T): T {
  const sort = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(sort);
    if (typeof node !== "object" || node === null) return node;
    const members = Object.entries(node).map(([name, member]) => [name, sort(member)] as const);
    return Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  };
  return sort(value) as T;
}
