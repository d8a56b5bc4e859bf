import { mapValues } from "../runtime/map-values.ts";
import { elements } from "./attributes.ts";
import { equal, type ObjectValue } from "./cty.ts";
import { type Attribute, attributeType, type Block, blockType, type NestedBlock } from "./schema.ts";
import { UNKNOWN, Unknown } from "./unknown.ts";

export interface Plan {
  readonly planned: ObjectValue;
  /**
   * Whether a default was filled into an argument that is not computed in the schema. Terraform allows that only for
   * providers that declare the legacy type system, as hashicorp/aws does. The local provider declares it for these
   * responses only, so that the strict checks apply to all others.
   */
  readonly usedDefault: boolean;
}

/**
 * The planned state of one resource: what Terraform proposes (configuration merged with prior values), with defaults
 * filled in, values that the provider computes marked unknown, and write-only arguments left out.
 */
export function planResource(
  block: Block,
  prior: ObjectValue | null,
  config: ObjectValue,
  proposed: ObjectValue,
): Plan {
  const planner = new Planner();
  return { planned: planner.block(block, prior, config, proposed), usedDefault: planner.usedDefault };
}

class Planner {
  usedDefault = false;

  block(block: Block, prior: ObjectValue | null, config: ObjectValue | null, proposed: ObjectValue): ObjectValue {
    const attributes = mapValues(block.attributes ?? {}, (attribute, name) =>
      this.#attribute(
        attribute,
        prior && (prior[name] ?? null),
        config?.[name] ?? null,
        proposed[name] ?? null,
        prior === null,
      ),
    );
    const blocks = mapValues(block.block_types ?? {}, (nested, name) =>
      this.#nested(nested, prior?.[name] ?? null, config?.[name] ?? null, proposed[name] ?? null),
    );
    return { ...attributes, ...blocks };
  }

  #attribute(attribute: Attribute, prior: unknown, config: unknown, proposed: unknown, isNew: boolean): unknown {
    if (attribute.write_only) return null;
    if (config === null) {
      if (attribute.default !== undefined) {
        this.usedDefault ||= !attribute.computed;
        return attribute.default;
      }
      if (attribute.computed) return isNew && proposed === null ? UNKNOWN : proposed;
    }
    if (!attribute.nested_type) return proposed;
    const { nesting_mode, attributes } = attribute.nested_type;
    return this.#nested({ nesting_mode, block: { attributes } }, prior, config, proposed);
  }

  #nested({ nesting_mode: mode, block }: NestedBlock, prior: unknown, config: unknown, proposed: unknown): unknown {
    if (proposed === null || proposed instanceof Unknown) return proposed;
    if (mode === "list") {
      return (proposed as unknown[]).map((element, index) =>
        this.#element(block, at(prior, index), at(config, index), element),
      );
    }
    if (mode === "set") return this.#set(block, prior, config, proposed as unknown[]);
    if (mode === "map") {
      return mapValues(proposed as ObjectValue, (element, name) =>
        this.#element(block, member(prior, name), member(config, name), element),
      );
    }
    return this.#element(block, prior, config, proposed);
  }

  #element(block: Block, prior: unknown, config: unknown, proposed: unknown): unknown {
    if (proposed === null || proposed instanceof Unknown) return proposed;
    return this.block(block, object(prior), object(config), proposed as ObjectValue);
  }

  /** Set elements have no index. The prior element of one is the first that agrees with all of its known values. */
  #set(block: Block, prior: unknown, config: unknown, proposed: unknown[]): unknown[] {
    const rest = Array.isArray(prior) ? [...prior] : [];
    return proposed.map((element, index) => {
      const planned = this.#element(block, null, at(config, index) ?? element, element);
      const match = rest.findIndex((candidate) => agrees(block, planned, candidate));
      return match < 0 ? planned : rest.splice(match, 1)[0];
    });
  }
}

/** Whether all known values are equal: an unknown member agrees with any value. */
function agrees(block: Block, planned: unknown, prior: unknown): boolean {
  const [x, y] = [object(planned), object(prior)];
  if (!x || !y) return false;
  const attributesAgree = Object.entries(block.attributes ?? {}).every(
    ([name, attribute]) => x[name] instanceof Unknown || equal(attributeType(attribute), x[name], y[name]),
  );
  const blocksAgree = Object.entries(block.block_types ?? {}).every(([name, nested]) => {
    const [inner, before] = [elements(x[name]), elements(y[name])];
    return (
      inner.length === before.length && inner.every((element, index) => agrees(nested.block, element, before[index]))
    );
  });
  return attributesAgree && blocksAgree;
}

/** Names of the top-level arguments whose change replaces the resource. */
export function replacedBy(block: Block, prior: ObjectValue, planned: ObjectValue): string[] {
  const attributes = Object.entries(block.attributes ?? {}).filter(
    ([name, attribute]) => attribute.force_new && !equal(attributeType(attribute), prior[name], planned[name]),
  );
  const blocks = Object.entries(block.block_types ?? {}).filter(([name, nested]) =>
    blockReplaces(nested, elements(prior[name]), elements(planned[name])),
  );
  return [...[...attributes, ...blocks].map(([name]) => name), ...switchedAlternatives(block, prior, planned)];
}

function switchedAlternatives(
  { replaced_when_switched: names = [] }: Block,
  prior: ObjectValue,
  planned: ObjectValue,
): string[] {
  const isSet = (value: unknown) => value !== null && value !== undefined;
  return names.filter((name) => isSet(prior[name]) !== isSet(planned[name]));
}

function blockReplaces(nested: NestedBlock, prior: unknown[], planned: unknown[]): boolean {
  if (!hasForceNew(nested.block)) return false;
  if (prior.length !== planned.length) return true;
  if (nested.nesting_mode === "set") return !equal(["set", blockType(nested.block)], prior, planned);
  return planned.some((element, index) => {
    const [before, after] = [object(prior[index]), object(element)];
    return before && after ? replacedBy(nested.block, before, after).length > 0 : before !== after;
  });
}

function hasForceNew(block: Block): boolean {
  return (
    Object.values(block.attributes ?? {}).some((attribute) => attribute.force_new) ||
    Object.values(block.block_types ?? {}).some((nested) => hasForceNew(nested.block))
  );
}

function object(value: unknown): ObjectValue | null {
  return value !== null && typeof value === "object" && !(value instanceof Unknown) ? (value as ObjectValue) : null;
}

function at(list: unknown, index: number): unknown {
  return Array.isArray(list) ? (list[index] ?? null) : null;
}

function member(map: unknown, name: string): unknown {
  return object(map)?.[name] ?? null;
}
