import { DataTerraformRemoteStateS3, TerraformOutput, type TerraformStack } from "cdktf";

/**
 * The outputs of a stack: IDs, ARNs, names and addresses. They never contain the value of a secret, because everyone
 * who deploys can read the state.
 */
export type OutputValues<Outputs> = { readonly [Name in keyof Outputs]: string | readonly string[] };

/** Where the state of a stack is stored. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly usePathStyle: boolean;
}

/** The declared outputs of a stack, which other stacks read with {@link read}. */
export interface Published<Outputs extends OutputValues<Outputs>> {
  readonly stack: TerraformStack;
  readonly state: StateLocation;
  readonly values: Outputs;
}

/** An output has no value. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly code = "INVALID_OUTPUT";
}

/**
 * Declares the outputs of a stack, each under its name in snake case. Outputs are declared explicitly rather than when
 * they are first referenced, so that removing one reference never removes an output that another stack still reads.
 *
 * @throws OutputError when a value is undefined.
 */
export function publish<Outputs extends OutputValues<Outputs>>(
  stack: TerraformStack,
  state: StateLocation,
  values: Outputs,
): Published<Outputs> {
  for (const [name, value] of entries(values)) {
    if (value === undefined)
      throw new OutputError(`The output "${name}" of the stack "${stack.node.id}" has no value.`);
    new TerraformOutput(stack, snakeCase(name), { value, staticId: true });
  }
  return { stack, state, values };
}

/**
 * The outputs of another stack, read from its state. Adds a dependency on that stack, and creates one
 * `terraform_remote_state` data source however often it is called.
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

/** Converts `vpcId` and `state-bucket` to `vpc_id` and `state_bucket`. */
export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll("-", "_");

function remoteState(reader: TerraformStack, id: string, state: StateLocation): DataTerraformRemoteStateS3 {
  return new DataTerraformRemoteStateS3(reader, id, { ...state, encrypt: true });
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

/** `Object.entries` with the value type of a mapped type. */
function entries<Outputs extends OutputValues<Outputs>>(
  values: Outputs,
): [string, string | readonly string[] | undefined][] {
  return Object.entries(values);
}
