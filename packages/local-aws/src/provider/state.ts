import { mapValues } from "../runtime/map-values.ts";
import { type CtyType, DynamicValue, type ObjectValue } from "./cty.ts";
import { Unknown } from "./unknown.ts";

/**
 * The state after apply: planned values stay exactly as planned, unknown ones become the value at the same path in
 * `computed`, or null. Terraform rejects anything else as an inconsistent result.
 */
export function normalizeState(type: CtyType, planned: unknown, computed: unknown): unknown {
  if (planned instanceof Unknown) return conformToType(type, computed);
  if (planned === null || planned === undefined) return null;
  if (typeof type === "string" || planned instanceof DynamicValue) return planned;
  switch (type[0]) {
    case "object":
      return mapValues(type[1], (member, name) =>
        normalizeState(member, (planned as ObjectValue)[name], memberOf(computed, name)),
      );
    case "map":
      return mapValues(planned as ObjectValue, (value, name) =>
        normalizeState(type[1], value, memberOf(computed, name)),
      );
    case "tuple":
      return (planned as unknown[]).map((value, index) =>
        normalizeState(type[1][index] ?? "dynamic", value, elementOf(computed, index)),
      );
    case "list":
      return (planned as unknown[]).map((value, index) => normalizeState(type[1], value, elementOf(computed, index)));
    case "set":
      return (planned as unknown[]).map((value) => normalizeState(type[1], value, undefined));
  }
}

/**
 * Converts a value of a handler to the type: absent members become null, and members that the schema does not have are
 * dropped.
 */
export function conformToType(type: CtyType, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Unknown) return null;
  if (typeof type === "string") return type === "string" && typeof value === "number" ? String(value) : value;
  switch (type[0]) {
    case "object":
      return mapValues(type[1], (member, name) => conformToType(member, (value as ObjectValue)[name]));
    case "map":
      return mapValues(value as ObjectValue, (member) => conformToType(type[1], member));
    case "tuple":
      return (value as unknown[]).map((element, index) => conformToType(type[1][index] ?? "dynamic", element));
    case "list":
    case "set":
      return (value as unknown[]).map((element) => conformToType(type[1], element));
  }
}

function memberOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as ObjectValue)[name] : undefined;
}

function elementOf(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}
