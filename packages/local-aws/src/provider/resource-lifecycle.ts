import { randomUUID } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import { ACCOUNT_ID, REGION } from "../runtime/account.ts";
import { AwsError, unsupported } from "../runtime/error.ts";
import { type CtyType, equal, type ObjectValue } from "./cty.ts";
import type { Identifiers } from "./identifiers.ts";
import { planResource, replacedBy } from "./plan.ts";
import type { Records, ResourceRecord } from "./records.ts";
import type { Attributes, ResourceContext, ResourceHandler } from "./resource-handler.ts";
import { attributeType, type Block, blockType, type Schema } from "./schema.ts";
import { conformToType, normalizeState } from "./state.ts";
import { UNKNOWN, Unknown } from "./unknown.ts";

/** The context of one Terraform run. */
export interface Session {
  /** Terraform's working directory, to which relative paths refer. */
  readonly directory: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

export interface PlanResult {
  readonly planned: ObjectValue;
  readonly replacedBy: readonly string[];
  readonly usedDefault: boolean;
}

export interface Applied {
  readonly key: string;
  readonly state: ObjectValue;
  /** The resource was created but could not be started: Terraform keeps it as tainted. */
  readonly failure?: unknown;
}

/** The lifecycle of every managed resource: generic rules, with a handler for types that need one. */
export class ResourceLifecycle {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #handlers: ReadonlyMap<string, ResourceHandler>;
  readonly #records: Records;
  readonly #identifiers: Identifiers;

  constructor(
    schemas: Readonly<Record<string, Schema>>,
    handlers: readonly ResourceHandler[],
    records: Records,
    identifiers: Identifiers,
  ) {
    this.#schemas = schemas;
    this.#handlers = new Map(handlers.map((handler) => [handler.type, handler]));
    this.#records = records;
    this.#identifiers = identifiers;
  }

  schema(type: string): Schema {
    const schema = this.#schemas[type];
    if (!schema) throw unsupported(`the resource type ${type}`, { code: "UnsupportedResourceType" });
    return schema;
  }

  block(type: string): Block {
    return this.schema(type).block;
  }

  valueType(type: string): CtyType {
    return blockType(this.block(type));
  }

  /** Starts every recorded resource, in the order of creation. */
  async startAll(): Promise<void> {
    for (const { type, attributes } of this.#records.all()) {
      try {
        await this.#handlers.get(type)?.start?.(attributes);
      } catch (cause) {
        throw new Error(`${type} ${label(attributes)} could not be started: ${String(cause)}`, { cause });
      }
    }
  }

  /** Deletes the resources of a killed run that are in no state. Call after a successful deployment. */
  async removeOrphans(): Promise<void> {
    this.#records.confirmThisRun();
    for (const record of this.#records.all().reverse()) {
      if (this.#records.isOrphan(record)) await this.delete(record.type, record.key, record.attributes);
    }
  }

  plan(
    type: string,
    prior: ObjectValue | null,
    config: ObjectValue,
    proposed: ObjectValue,
    session: Session,
  ): PlanResult {
    const block = this.block(type);
    const { planned, usedDefault } = planResource(block, prior, config, proposed);
    if (block.attributes?.tags_all && config.tags_all === null) planned.tags_all = allTags(planned.tags, session);
    if (prior === null || !equal(blockType(block), prior, planned)) {
      this.#handlers.get(type)?.plan?.(planned, prior, context(config));
    }
    const filled = Object.entries(block.attributes ?? {}).some(
      ([name, { computed }]) => !computed && (config[name] ?? null) === null && planned[name] !== null,
    );
    return { planned, usedDefault: usedDefault || filled, replacedBy: prior ? replacedBy(block, prior, planned) : [] };
  }

  async create(type: string, planned: ObjectValue, config: ObjectValue, session: Session): Promise<Applied> {
    const handler = this.#handlers.get(type);
    const orphan = await this.#orphanOf(type, handler, planned);
    if (orphan) return this.update(type, orphan.key, orphan.attributes, planned, config, session);

    const input = withAbsoluteFile(handler, planned, session);
    const created = (await handler?.create?.(input, context(config))) ?? {};
    const key = randomUUID();
    const computed = this.#computed(type, planned, created);
    const state = normalizeState(this.valueType(type), planned, computed) as ObjectValue;
    return this.#keep(type, key, state, session);
  }

  async update(
    type: string,
    key: string,
    prior: ObjectValue,
    planned: ObjectValue,
    config: ObjectValue,
    session: Session,
  ): Promise<Applied> {
    const handler = this.#handlers.get(type);
    const input = withAbsoluteFile(handler, planned, session);
    const changed = (await handler?.update?.(input, prior, context(config))) ?? {};
    const state = normalizeState(this.valueType(type), planned, { ...prior, ...changed }) as ObjectValue;
    return this.#keep(type, key, state, session);
  }

  /** The state of a resource as it is now; null when it is gone. */
  async read(
    type: string,
    key: string | undefined,
    state: ObjectValue,
  ): Promise<{ key: string; state: ObjectValue } | null> {
    const record = (key !== undefined ? this.#records.get(key) : undefined) ?? this.#find(type, String(state.id ?? ""));
    if (!record) return null;
    const handler = this.#handlers.get(type);
    const live = handler?.read ? await handler.read(record.attributes) : {};
    if (live === null) return null;
    this.#records.confirm(record.key);
    return {
      key: record.key,
      state: conformToType(this.valueType(type), { ...record.attributes, ...live }) as ObjectValue,
    };
  }

  async delete(type: string, key: string | undefined, state: ObjectValue): Promise<void> {
    const record = (key !== undefined ? this.#records.get(key) : undefined) ?? this.#find(type, String(state.id ?? ""));
    if (!record) return;
    await this.#handlers.get(type)?.delete?.(record.attributes);
    this.#records.delete(record.key);
  }

  /** The resource with this import ID: its ID, its unique name or its ARN. */
  async import(type: string, id: string): Promise<{ key: string; state: ObjectValue } | null> {
    const valueType = this.valueType(type);
    const record = this.#find(type, id);
    if (record) return { key: record.key, state: conformToType(valueType, record.attributes) as ObjectValue };
    const found = await this.#handlers.get(type)?.import?.(id);
    if (!found) return null;
    const key = randomUUID();
    const state = conformToType(valueType, { id, ...found }) as ObjectValue;
    this.#records.put(key, type, state);
    return { key, state };
  }

  #find(type: string, id: string): ResourceRecord | undefined {
    if (id === "") return undefined;
    const identity = this.#handlers.get(type)?.identity;
    return this.#records
      .ofType(type)
      .find(({ attributes }) => attributes.id === id || attributes.arn === id || identity?.(attributes) === id);
  }

  /**
   * A resource with the same unique name: its record is deleted when it no longer exists, adopted when it is an orphan
   * of a killed run, else rejected.
   */
  async #orphanOf(
    type: string,
    handler: ResourceHandler | undefined,
    planned: ObjectValue,
  ): Promise<ResourceRecord | undefined> {
    const identity = handler?.identity?.(planned);
    if (identity === undefined) return undefined;
    const existing = this.#records.ofType(type).find(({ attributes }) => handler?.identity?.(attributes) === identity);
    if (!existing || this.#records.isOrphan(existing)) return existing;
    if (handler?.read && (await handler.read(existing.attributes)) === null) {
      this.#records.delete(existing.key);
      return undefined;
    }
    throw new AwsError("ResourceAlreadyExists", `${type} ${identity} already exists.`, 409);
  }

  async #keep(type: string, key: string, state: ObjectValue, session: Session): Promise<Applied> {
    this.#records.put(key, type, state);
    const handler = this.#handlers.get(type);
    try {
      await handler?.start?.(withAbsoluteFile(handler, state, session));
      return { key, state };
    } catch (failure) {
      return { key, state, failure };
    }
  }

  /**
   * Values for unknown attributes: those of the handler, else ID, ARN and name in the formats of the type, else a value
   * by the name of the attribute.
   */
  #computed(type: string, planned: ObjectValue, created: Attributes): Attributes {
    const attributes = this.block(type).attributes ?? {};
    const known = Object.fromEntries(Object.entries(planned).filter(([, value]) => !(value instanceof Unknown)));
    const identity = this.#identifiers.identity(
      type,
      this.#handlers.get(type)?.identifiers ?? {},
      { ...known, ...created },
      (name) => name in attributes,
    );
    const computed: Attributes = {};
    for (const [name, value] of Object.entries(planned)) {
      if (!(value instanceof Unknown)) continue;
      const attribute = attributes[name];
      computed[name] =
        created[name] ?? identity[name] ?? (attribute && this.#identifiers.attribute(name, attributeType(attribute)));
    }
    return { ...created, ...computed };
  }
}

/** All tags of a resource: the default tags of the provider, overridden by the tags of the resource. */
function allTags(tags: unknown, session: Session): unknown {
  if (tags instanceof Unknown) return UNKNOWN;
  return { ...session.defaultTags, ...(tags as ObjectValue | null) };
}

function context(config: ObjectValue): ResourceContext {
  return { account: ACCOUNT_ID, region: REGION, config };
}

function withAbsoluteFile(
  handler: ResourceHandler | undefined,
  attributes: ObjectValue,
  session: Session,
): ObjectValue {
  const argument = handler?.fileArgument;
  if (argument === undefined) return { ...attributes };
  const path = attributes[argument];
  if (typeof path !== "string" || isAbsolute(path)) return { ...attributes };
  return { ...attributes, [argument]: resolve(session.directory, path) };
}

/** The name of a resource in messages. */
export function label(attributes: Attributes): string {
  const name = [attributes.id, attributes.name, attributes.bucket, attributes.function_name].find(
    (value) => typeof value === "string",
  );
  return `(${name ?? "new"})`;
}
