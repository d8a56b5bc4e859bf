import * as v from "valibot";
import type { TerraformResult } from "../tools/terraform/terraform.ts";
import type { UnstableArguments } from "./emulator-gaps.ts";

const Values = v.record(v.string(), v.unknown());

/**
 * Output of `terraform show -json`: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const PlanSchema = v.object({
  resource_changes: v.optional(
    v.array(
      v.object({
        address: v.string(),
        type: v.string(),
        change: v.object({
          actions: v.array(v.string()),
          before: v.nullable(Values),
          after: v.nullable(Values),
          after_unknown: Values,
        }),
      }),
    ),
  ),
  output_changes: v.optional(v.record(v.string(), v.object({ actions: v.array(v.string()) }))),
});

/** A saved plan. */
export type Plan = v.InferOutput<typeof PlanSchema>;

export const NO_CHANGES: Plan = {};

export interface Change {
  readonly address: string;
  readonly type: string;
  /** The changed attributes; empty if the whole resource is created or destroyed. */
  readonly attributes: readonly string[];
}

/** Reads the output of `terraform show -json <plan>`, one line of JSON. */
export function readPlan({ events: [plan] }: TerraformResult): Plan {
  return v.parse(PlanSchema, plan);
}

/** The changes that a plan makes to resources and outputs. */
export function changesOf({ resource_changes = [], output_changes = {} }: Plan): Change[] {
  const outputs = Object.entries(output_changes).map(([name, change]) => ({
    address: `output.${name}`,
    type: "output",
    change,
    attributes: ["value"],
  }));
  const resources = resource_changes.map((resource) => ({
    ...resource,
    attributes: changedAttributes(resource.change),
  }));
  return [...resources, ...outputs]
    .filter(({ change }) => change.actions.some((action) => action !== "no-op" && action !== "read"))
    .map(({ address, type, attributes }) => ({ address, type, attributes }));
}

type ResourceChange = NonNullable<Plan["resource_changes"]>[number]["change"];

function changedAttributes({ before, after, after_unknown }: ResourceChange): string[] {
  if (!before || !after) return [];
  const changed = Object.keys({ ...before, ...after_unknown, ...after }).filter(
    (name) => !isEqual(before[name], after[name]),
  );
  const known = changed.filter((name) => after_unknown[name] !== true);
  // Attributes that are known after apply follow from a known change; without one, they are the change.
  return known.length > 0 ? known : changed;
}

/** For the provider, as for AWS, an empty string equals an absent one. */
function isEqual(before: unknown, after: unknown): boolean {
  return JSON.stringify(before || null) === JSON.stringify(after || null);
}

/** Whether the emulator is known to cause exactly this change. */
export function isKnownChange(change: Change, { types, attributes }: UnstableArguments): boolean {
  return (
    types.includes(change.type) &&
    change.attributes.length > 0 &&
    change.attributes.every((attribute) => attributes.includes(attribute))
  );
}
