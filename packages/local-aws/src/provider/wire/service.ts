import { loadPackageDefinition, type ServiceClientConstructor, type ServiceDefinition } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import type { INamespace } from "protobufjs";
import { enums, messages } from "./messages.ts";

/** How a package names its remote calls: protocol 6 calls each after its messages, protocol 5 has some names of its own. */
type Calls = Readonly<Record<string, string>>;

const PROTOCOL_6: Calls = Object.fromEntries(
  Object.keys(messages)
    .filter((name) => name.endsWith(".Request"))
    .map((name) => name.replace(".Request", ""))
    .map((call) => [call, call]),
);

/** The few calls of protocol 5 that the schema generator makes of the real provider. Their messages are those of protocol 6. */
const PROTOCOL_5: Calls = {
  Configure: "ConfigureProvider",
  PlanResourceChange: "PlanResourceChange",
  ValidateResourceTypeConfig: "ValidateResourceConfig",
};

/** The gRPC service `tfplugin6.Provider`. Field names stay as the protocol writes them; 64-bit numbers are JavaScript numbers. */
export function protocol6(): ServiceDefinition {
  return client("tfplugin6", PROTOCOL_6).service;
}

/** A client for `tfplugin5.Provider`, which is what the released hashicorp/aws 5.x speaks. */
export function protocol5Client(): ServiceClientConstructor {
  return client("tfplugin5", PROTOCOL_5);
}

function client(packageName: string, calls: Calls): ServiceClientConstructor {
  const definition = fromJSON({ nested: { [packageName]: namespace(calls) } }, LOADER_OPTIONS);
  const loaded = loadPackageDefinition(definition)[packageName] as { Provider: ServiceClientConstructor };
  return loaded.Provider;
}

const LOADER_OPTIONS = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true };

/** A node of the descriptor that protobufjs reads: a message, an enum, a service, or just a place for nested ones. */
interface Node {
  nested?: Record<string, Node>;
  fields?: Record<string, object>;
  values?: Readonly<Record<string, number>>;
  methods?: Record<string, { requestType: string; responseType: string }>;
}

function namespace(calls: Calls): INamespace {
  const root: Node = { nested: {} };
  for (const [name, fields] of Object.entries(messages)) at(root, name).fields = parseFields(fields);
  for (const [name, values] of Object.entries(enums)) at(root, name).values = values;
  at(root, "Provider").methods = Object.fromEntries(
    Object.entries(calls).map(([call, message]) => [
      call,
      { requestType: `${message}.Request`, responseType: `${message}.Response` },
    ]),
  );
  return root as INamespace;
}

function at(root: Node, path: string): Node {
  let node = root;
  for (const part of path.split(".")) {
    node.nested ??= {};
    node.nested[part] ??= {};
    node = node.nested[part];
  }
  return node;
}

function parseFields(fields: string): Record<string, object> {
  const parsed: Record<string, object> = {};
  for (const field of fields.split(" ").filter(Boolean)) {
    const [, name, type = "", id] = /^(\w+):(\S+)=(\d+)$/.exec(field) ?? [];
    if (name === undefined) throw new Error(`not a field: ${field}`);
    parsed[name] = { id: Number(id), ...fieldType(type) };
  }
  return parsed;
}

function fieldType(type: string): object {
  const map = /^map<(.+)>$/.exec(type);
  if (map) return { keyType: "string", type: map[1] };
  if (type.startsWith("*")) return { rule: "repeated", type: type.slice(1) };
  return { type };
}
