import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectValue } from "../cty.ts";
import { Identifiers } from "../identifiers.ts";
import { Records } from "../records.ts";
import type { Attributes, TerraformParts } from "../resource-handler.ts";
import { type Applied, ResourceLifecycle } from "../resource-lifecycle.ts";
import { readSchema } from "../schema/aws.ts";
import type { Block, Schema } from "../schema.ts";

let schemas: Readonly<Record<string, Schema>> | undefined;

/**
 * Plans, applies, reads and deletes resources with the rules of the provider, like Terraform, but without a Terraform
 * process. Tests of handlers use it; what Terraform itself checks is tested with `TerraformWorkspace`.
 */
export class ManagedResources {
  readonly #directory = mkdtempSync(join(tmpdir(), "managed-resources-"));
  readonly records = new Records(join(this.#directory, "resources.journal"), "this run");
  readonly #session = { directory: this.#directory, defaultTags: {} };
  #resources: ResourceLifecycle;

  constructor(parts: TerraformParts) {
    this.#resources = this.#with(parts);
  }

  /**
   * Creates the resource, or updates or replaces the one that `prior` describes.
   *
   * @param config only the arguments that are set; blocks are arrays of objects.
   */
  async apply(type: string, config: Attributes, prior?: Attributes): Promise<Attributes> {
    const { complete, plan } = this.#plan(type, config, prior);
    if (!prior) return stateOf(await this.#resources.create(type, plan.planned, complete, this.#session));
    if (plan.replacedBy.length > 0) {
      await this.delete(type, prior);
      return this.apply(type, config);
    }
    const { key } = this.#record(type, prior);
    return stateOf(await this.#resources.update(type, key, prior, plan.planned, complete, this.#session));
  }

  /** The planned state; values that are known only after apply are `UNKNOWN`. */
  plan(type: string, config: Attributes, prior?: Attributes): Attributes {
    return this.#plan(type, config, prior).plan.planned;
  }

  /** The state as it is now; null when the resource no longer exists. */
  async read(type: string, state: Attributes): Promise<Attributes | null> {
    return (await this.#resources.read(type, undefined, state))?.state ?? null;
  }

  async delete(type: string, state: Attributes): Promise<void> {
    await this.#resources.delete(type, undefined, state);
  }

  /** Starts all recorded resources with new handlers, as after a restart of the local AWS. */
  async restart(parts: TerraformParts): Promise<void> {
    this.#resources = this.#with(parts);
    await this.#resources.startAll();
  }

  close(): void {
    this.records.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #plan(type: string, config: Attributes, prior: Attributes | undefined) {
    const block = this.#resources.block(type);
    const complete = completed(block, config);
    const proposedState = proposed(block, complete, prior);
    return { complete, plan: this.#resources.plan(type, prior ?? null, complete, proposedState, this.#session) };
  }

  #with({ resources = [] }: TerraformParts): ResourceLifecycle {
    schemas ??= readSchema().resource_schemas;
    const randomHex = (digits: number) => randomBytes(digits).toString("hex").slice(0, digits);
    return new ResourceLifecycle(schemas, resources, this.records, new Identifiers(randomHex, Date.now));
  }

  #record(type: string, { id }: Attributes) {
    const record = this.records.ofType(type).find(({ attributes }) => attributes.id === id);
    if (!record) throw new Error(`No ${type} with the id ${id} is recorded.`);
    return record;
  }
}

function stateOf({ state, failure }: Applied): Attributes {
  if (failure !== undefined) throw failure;
  return state;
}

/** The configuration with null for every argument that is not set. */
function completed(block: Block, config: Attributes): ObjectValue {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(block.attributes ?? {})) values[name] = config[name] ?? null;
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const blocks = (config[name] ?? []) as readonly Attributes[];
    values[name] = blocks.map((value) => completed(nested.block, value));
  }
  const unknown = Object.keys(config).filter((name) => !(name in values));
  if (unknown.length > 0) throw new Error(`The schema has no ${unknown.join(", ")}.`);
  return values;
}

/** What Terraform proposes: the configuration, with the prior values of computed attributes that are not set. */
function proposed(block: Block, config: ObjectValue, prior: Attributes | undefined): ObjectValue {
  const values = { ...config };
  for (const [name, { computed }] of Object.entries(block.attributes ?? {})) {
    if (computed && config[name] === null) values[name] = prior?.[name] ?? null;
  }
  return values;
}
