import { Decoder, Encoder, ExtData } from "@msgpack/msgpack";
import { mapValues } from "../runtime/map-values.ts";
import { UNKNOWN, Unknown } from "./unknown.ts";

/** A type of Terraform's type system in its JSON form: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["tuple", readonly CtyType[]]
  | readonly ["object", Readonly<Record<string, CtyType>>, ...unknown[]];

/** A value of type `dynamic`, with its actual type. */
export class DynamicValue {
  readonly type: CtyType;
  readonly value: unknown;
  constructor(type: CtyType, value: unknown) {
    this.type = type;
    this.value = value;
  }
}

export type ObjectValue = Record<string, unknown>;

const encoder = new Encoder();
const decoder = new Decoder();
/** Written with extension code 0; when read, every extension code means unknown (12 has refinements). */
const UNKNOWN_EXTENSION = new ExtData(0, new Uint8Array([0]));

/** Decodes MessagePack; absent bytes are null. */
export function decode(type: CtyType, bytes: Uint8Array | null | undefined): unknown {
  if (!bytes || bytes.length === 0) return null;
  return convert(type, decoder.decode(bytes), readLeaf);
}

export function encode(type: CtyType, value: unknown): Buffer {
  return Buffer.from(encoder.encode(convert(type, value, writeLeaf)));
}

/**
 * Values from the JSON of a state file: missing members become null, members that the type does not have are dropped.
 */
export function fromJson(type: CtyType, value: unknown): unknown {
  return convert(type, value, (leafType, leaf) => {
    if (leafType !== "dynamic") return leaf;
    const { type: carried, value: inner } = leaf as { type: CtyType; value: unknown };
    return new DynamicValue(carried, fromJson(carried, inner));
  });
}

function readLeaf(type: CtyType, leaf: unknown): unknown {
  if (leaf instanceof ExtData) return UNKNOWN;
  if (type !== "dynamic") return leaf;
  const [typeJson, inner] = leaf as [Uint8Array, unknown];
  const carried = JSON.parse(Buffer.from(typeJson).toString()) as CtyType;
  return new DynamicValue(carried, convert(carried, inner, readLeaf));
}

function writeLeaf(_type: CtyType, leaf: unknown): unknown {
  if (leaf instanceof Unknown) return UNKNOWN_EXTENSION;
  if (!(leaf instanceof DynamicValue)) return leaf;
  return [Buffer.from(JSON.stringify(leaf.type)), convert(leaf.type, leaf.value, writeLeaf)];
}

/** Converts the leaves of a value, recursively along its type. */
function convert(type: CtyType, value: unknown, leaf: (type: CtyType, value: unknown) => unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof type === "string" || value instanceof ExtData || value instanceof Unknown) return leaf(type, value);
  switch (type[0]) {
    case "list":
    case "set":
      return (value as unknown[]).map((element) => convert(type[1], element, leaf));
    case "tuple":
      return (value as unknown[]).map((element, index) => convert(type[1][index] ?? "dynamic", element, leaf));
    case "map":
      return mapValues(value as ObjectValue, (member) => convert(type[1], member, leaf));
    case "object":
      return mapValues(type[1], (memberType, name) => convert(memberType, (value as ObjectValue)[name], leaf));
  }
}

/** Equality by the rules of the type: sets without order, numbers by value regardless of their representation. */
export function equal(type: CtyType, a: unknown, b: unknown): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === right) return true;
  if (left === null || right === null || left instanceof Unknown || right instanceof Unknown) return false;
  if (type === "dynamic") {
    const [x, y] = [left as DynamicValue, right as DynamicValue];
    return JSON.stringify(x.type) === JSON.stringify(y.type) && equal(x.type, x.value, y.value);
  }
  if (type === "number") return Number(left) === Number(right);
  if (typeof type === "string") return false;
  switch (type[0]) {
    case "list":
      return equalLists(left as unknown[], right as unknown[], () => type[1]);
    case "tuple":
      return equalLists(left as unknown[], right as unknown[], (index) => type[1][index] ?? "dynamic");
    case "set":
      return equalSets(type[1], left as unknown[], right as unknown[]);
    case "map": {
      const [x, y] = [left as ObjectValue, right as ObjectValue];
      const names = Object.keys(x);
      return (
        names.length === Object.keys(y).length && names.every((name) => name in y && equal(type[1], x[name], y[name]))
      );
    }
    case "object":
      return Object.entries(type[1]).every(([name, member]) =>
        equal(member, (left as ObjectValue)[name], (right as ObjectValue)[name]),
      );
  }
}

function equalLists(a: unknown[], b: unknown[], typeAt: (index: number) => CtyType): boolean {
  return a.length === b.length && a.every((element, index) => equal(typeAt(index), element, b[index]));
}

function equalSets(type: CtyType, a: unknown[], b: unknown[]): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  return a.every((element) => {
    const index = rest.findIndex((candidate) => equal(type, element, candidate));
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

export function hasUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof DynamicValue) return hasUnknown(value.value);
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}
