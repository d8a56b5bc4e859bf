import { DataTerraformRemoteStateS3, TerraformOutput, type TerraformStack } from "cdktf";

/** What one stack tells others: ids, ARNs, names and addresses. Never the value of a secret: remote state is readable by whoever deploys. */
export type OutputValues<Outputs> = { readonly [Name in keyof Outputs]: string | readonly string[] };

/** Where a stack keeps its state. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly usePathStyle: boolean;
}

/** Outputs as a stack declared them, to be read by other stacks. */
export interface Published<Outputs extends OutputValues<Outputs>> {
  readonly stack: TerraformStack;
  readonly state: StateLocation;
  readonly values: Outputs;
}

/** An output that would be empty, or a value that is no reference at all. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly code = "InvalidOutput";
}

/**
 * Declares the outputs of a stack, each under its name in snake case. Declared once, so that no stack that reads one is ever left
 * behind by the removal of a reference elsewhere.
 */
export function publish<Outputs extends OutputValues<Outputs>>(
  stack: TerraformStack,
  state: StateLocation,
  values: Outputs,
): Published<Outputs> {
  for (const [name, value] of entries(values)) {
    if (value === undefined) throw new OutputError(`The output "${name}" of the stack "${stack.node.id}" has no value`);
    new TerraformOutput(stack, snakeCase(name), { value, staticId: true });
  }
  return { stack, state, values };
}

/**
 * The outputs of another stack, from its recorded state; the reader is deployed after it. Compiles only for what that stack declares,
 * and makes one remote state however often it is asked.
 */
export function read<Outputs extends OutputValues<Outputs>>(
  reader: TerraformStack,
  { stack, state, values }: Published<Outputs>,
): Outputs {
  reader.addDependency(stack);
  const id = snakeCase(stack.node.id);
  const known = reader.node.tryFindChild(id);
  const remote = known instanceof DataTerraformRemoteStateS3 ? known : remoteState(reader, id, state);
  const outputs = entries(values).map(([name, value]) => [
    name,
    isList(value) ? remote.getList(snakeCase(name)) : remote.getString(snakeCase(name)),
  ]);
  return Object.fromEntries(outputs) as Outputs;
}

/** `vpcId` and `state-bucket` as Terraform writes names: `vpc_id`, `state_bucket`. */
export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll("-", "_");

function remoteState(reader: TerraformStack, id: string, state: StateLocation): DataTerraformRemoteStateS3 {
  return new DataTerraformRemoteStateS3(reader, id, { ...state, encrypt: true });
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

/** `Object.entries`, whose own type loses what a mapped type knows. */
function entries<Outputs extends OutputValues<Outputs>>(
  values: Outputs,
): [string, string | readonly string[] | undefined][] {
  return Object.entries(values);
}
