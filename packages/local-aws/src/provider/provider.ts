import { ACCOUNT_ID, REGION } from "../runtime/account.ts";
import { AwsError } from "../runtime/error.ts";
import { decode, encode, fromJson, type ObjectValue } from "./cty.ts";
import type { DataSources } from "./data-sources.ts";
import type { EphemeralHandler } from "./resource-handler.ts";
import { type Applied, label, type ResourceLifecycle, type Session } from "./resource-lifecycle.ts";
import { blockType, type ProviderSchema, type Schema, schemaMessage } from "./schema.ts";
import { conformToType } from "./state.ts";
import { Unknown } from "./unknown.ts";
import { validate } from "./validate.ts";

interface Wire {
  readonly msgpack?: Uint8Array;
}

/** The fields of all requests together; each call uses some of them. */
export interface ProviderRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config?: Wire;
  readonly raw_state?: { readonly json: Uint8Array };
  readonly current_state?: Wire;
  readonly prior_state?: Wire;
  readonly proposed_new_state?: Wire;
  readonly planned_state?: Wire;
  readonly private?: Uint8Array;
  readonly prior_private?: Uint8Array;
  readonly planned_private?: Uint8Array;
}

/** A peer is a connection: one configured provider (an alias) of one Terraform run. */
export type RemoteCall = (request: ProviderRequest, peer: string) => Promise<object> | object;

const CAPABILITIES = { get_provider_schema_optional: true, plan_destroy: false, move_resource_state: false };

/**
 * The calls of `tfplugin6.Provider`. This class only decodes and encodes; `ResourceLifecycle` and `DataSources`
 * implement the behavior.
 */
export class Provider {
  readonly #schema: ProviderSchema;
  readonly #resources: ResourceLifecycle;
  readonly #dataSources: DataSources;
  readonly #ephemerals: ReadonlyMap<string, EphemeralHandler>;
  readonly #directoryOf: (peer: string) => string;
  readonly #configured = new Map<string, Session>();

  constructor(
    schema: ProviderSchema,
    resources: ResourceLifecycle,
    dataSources: DataSources,
    ephemerals: readonly EphemeralHandler[],
    directoryOf: (peer: string) => string,
  ) {
    this.#schema = schema;
    this.#resources = resources;
    this.#dataSources = dataSources;
    this.#ephemerals = new Map(ephemerals.map((handler) => [handler.type, handler]));
    this.#directoryOf = directoryOf;
  }

  /** Every call by its name in the protocol. */
  readonly calls: Readonly<Record<string, RemoteCall>> = {
    GetMetadata: () => ({
      server_capabilities: CAPABILITIES,
      resources: typeNames(this.#schema.resource_schemas),
      data_sources: typeNames(this.#schema.data_source_schemas),
      ephemeral_resources: typeNames(this.#schema.ephemeral_resource_schemas),
    }),
    GetProviderSchema: () => ({
      provider: schemaMessage(this.#schema.provider),
      resource_schemas: schemaMessages(this.#schema.resource_schemas),
      data_source_schemas: schemaMessages(this.#schema.data_source_schemas),
      ephemeral_resource_schemas: schemaMessages(this.#schema.ephemeral_resource_schemas),
      server_capabilities: CAPABILITIES,
    }),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: ({ type_name, config }) => this.#validate(type_name, config),
    ValidateDataResourceConfig: () => ({}),
    ValidateEphemeralResourceConfig: () => ({}),
    ConfigureProvider: (request, peer) => this.#configure(request, peer),
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const type = this.#resources.valueType(type_name);
      const json: unknown = JSON.parse(Buffer.from(raw_state?.json ?? []).toString());
      return { upgraded_state: wire(type, fromJson(type, json)) };
    },
    ReadResource: (request) => this.#read(request),
    PlanResourceChange: (request, peer) => this.#plan(request, peer),
    ApplyResourceChange: (request, peer) => this.#apply(request, peer),
    ImportResourceState: (request) => this.#import(request),
    MoveResourceState: ({ type_name }) => ({
      diagnostics: [failure(`moving a resource of another type to ${type_name}`, "no type can be moved to another")],
    }),
    ReadDataSource: (request) => this.#readDataSource(request),
    OpenEphemeralResource: (request) => this.#open(request),
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),
    GetFunctions: () => ({}),
    StopProvider: () => ({}),
  };

  #configure({ config }: ProviderRequest, peer: string): object {
    const { default_tags, allowed_account_ids } = this.#decode(this.#schema.provider, config);
    const allowed = allowed_account_ids as string[] | Unknown | null;
    if (Array.isArray(allowed) && allowed.length > 0 && !allowed.includes(ACCOUNT_ID)) {
      return { diagnostics: [failure("configuring the provider", `AWS account ID not allowed: ${ACCOUNT_ID}`)] };
    }
    const [block] = (default_tags ?? []) as ObjectValue[];
    const defaultTags = block?.tags instanceof Unknown ? {} : ((block?.tags ?? {}) as Record<string, string>);
    this.#configured.set(peer, { directory: this.#directoryOf(peer), defaultTags });
    return {};
  }

  #validate(type: string, config: Wire | undefined): object {
    const schema = this.#resources.schema(type);
    const diagnostics = validate(schema, this.#decode(schema, config)).map(({ summary, detail, argument }) => ({
      severity: "ERROR",
      summary,
      detail,
      attribute: { steps: [{ attribute_name: argument }] },
    }));
    return { diagnostics };
  }

  async #read(request: ProviderRequest): Promise<object> {
    const type = this.#resources.valueType(request.type_name);
    const state = decode(type, request.current_state?.msgpack) as ObjectValue;
    try {
      const live = await this.#resources.read(request.type_name, privateOf(request.private).key, state);
      return {
        new_state: wire(type, live?.state ?? null),
        private: live ? privateData({ key: live.key }) : request.private,
      };
    } catch (error) {
      return {
        new_state: wire(type, state),
        diagnostics: [failure(`reading ${request.type_name} ${label(state)}`, error)],
      };
    }
  }

  #plan(request: ProviderRequest, peer: string): object {
    const type = this.#resources.valueType(request.type_name);
    const [prior, config, proposed] = [request.prior_state, request.config, request.proposed_new_state].map(
      (value) => decode(type, value?.msgpack) as ObjectValue | null,
    );
    const { key } = privateOf(request.prior_private);
    if (!proposed) return { planned_state: wire(type, null), planned_private: privateData({ key }) };
    const plan = this.#resources.plan(request.type_name, prior ?? null, config ?? {}, proposed, this.#session(peer));
    return {
      planned_state: wire(type, plan.planned),
      requires_replace: plan.replacedBy.map((name) => ({ steps: [{ attribute_name: name }] })),
      planned_private: privateData({ key, legacy: plan.usedDefault }),
      legacy_type_system: plan.usedDefault,
    };
  }

  async #apply(request: ProviderRequest, peer: string): Promise<object> {
    const { type_name: name } = request;
    const type = this.#resources.valueType(name);
    const [prior, config, planned] = [request.prior_state, request.config, request.planned_state].map(
      (value) => decode(type, value?.msgpack) as ObjectValue | null,
    );
    const verb = planned === null ? "deleting" : prior === null ? "creating" : "updating";
    const { key, legacy } = privateOf(request.planned_private);
    try {
      if (!planned) {
        await this.#resources.delete(name, key, prior ?? {});
        return { new_state: wire(type, null) };
      }
      const session = this.#session(peer);
      const applied: Applied =
        prior && key !== undefined
          ? await this.#resources.update(name, key, prior, planned, config ?? {}, session)
          : await this.#resources.create(name, planned, config ?? {}, session);
      return {
        new_state: wire(type, applied.state),
        private: privateData({ key: applied.key }),
        legacy_type_system: legacy ?? false,
        diagnostics: "failure" in applied ? [failure(`${verb} ${name} ${label(applied.state)}`, applied.failure)] : [],
      };
    } catch (error) {
      const diagnostics = [failure(`${verb} ${name} ${label(knownOf(planned ?? prior ?? {}))}`, error)];
      return { new_state: wire(type, prior ?? null), private: privateData({ key }), diagnostics };
    }
  }

  async #import({ type_name: name, id }: ProviderRequest): Promise<object> {
    const found = await this.#resources.import(name, id);
    if (!found)
      return { diagnostics: [failure(`importing ${name} (${id})`, "Cannot import non-existent remote object")] };
    const state = wire(this.#resources.valueType(name), found.state);
    return { imported_resources: [{ type_name: name, state, private: privateData({ key: found.key }) }] };
  }

  async #readDataSource({ type_name: name, config }: ProviderRequest): Promise<object> {
    try {
      const { block } = this.#dataSources.schema(name);
      const state = await this.#dataSources.read(name, decode(blockType(block), config?.msgpack) as ObjectValue);
      return { state: wire(blockType(block), state) };
    } catch (error) {
      return { diagnostics: [failure(`reading data source ${name}`, error)] };
    }
  }

  async #open({ type_name: name, config: encoded }: ProviderRequest): Promise<object> {
    const schema = this.#schema.ephemeral_resource_schemas[name];
    const handler = this.#ephemerals.get(name);
    try {
      if (!schema || !handler) throw new Error("the local AWS does not support it");
      const config = this.#decode(schema, encoded);
      const opened = await handler.open(config, { account: ACCOUNT_ID, region: REGION, config });
      return {
        result: wire(blockType(schema.block), conformToType(blockType(schema.block), { ...config, ...opened })),
      };
    } catch (error) {
      return { diagnostics: [failure(`opening ephemeral resource ${name}`, error)] };
    }
  }

  #session(peer: string): Session {
    return this.#configured.get(peer) ?? { directory: this.#directoryOf(peer), defaultTags: {} };
  }

  #decode(schema: Schema, config: Wire | undefined): ObjectValue {
    return (decode(blockType(schema.block), config?.msgpack) ?? {}) as ObjectValue;
  }
}

function wire(type: Parameters<typeof encode>[0], value: unknown): Wire {
  return { msgpack: encode(type, value) };
}

function typeNames(schemas: Readonly<Record<string, Schema>>): object[] {
  return Object.keys(schemas).map((type_name) => ({ type_name }));
}

function schemaMessages(schemas: Readonly<Record<string, Schema>>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaMessage(schema)]));
}

/** The private data that Terraform keeps for each resource. */
interface PrivateData {
  /** The key of the record. */
  readonly key?: string | undefined;
  /** The plan filled in a default, so the apply must also declare the legacy type system. */
  readonly legacy?: boolean;
}

function privateData(data: PrivateData): Buffer {
  return Buffer.from(JSON.stringify(data));
}

function privateOf(bytes: Uint8Array | undefined): PrivateData {
  return bytes && bytes.length > 0 ? (JSON.parse(Buffer.from(bytes).toString()) as PrivateData) : {};
}

function knownOf(values: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof Unknown)));
}

/** An error in the format of the real provider: the operation, then the code and message of AWS. */
function failure(operation: string, error: unknown): object {
  const text =
    error instanceof AwsError
      ? `${error.code}: ${error.message}`
      : error instanceof Error
        ? error.message
        : String(error);
  return { severity: "ERROR", summary: `${operation}: ${text}`, detail: "" };
}
