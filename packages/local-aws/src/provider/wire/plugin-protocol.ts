import { fileURLToPath } from "node:url";
import { loadPackageDefinition, type ServiceClientConstructor, type ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

/**
 * Field names are the same as in the protocol, 64-bit numbers are JavaScript numbers, and absent fields have their
 * defaults.
 */
const LOADER_OPTIONS = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true };

/** The gRPC service `tfplugin6.Provider`. */
export function protocol6(): ServiceDefinition {
  return load("tfplugin6").service;
}

/** A client for `tfplugin5.Provider`, the protocol of the released hashicorp/aws 5.x. */
export function protocol5Client(): ServiceClientConstructor {
  return load("tfplugin5");
}

function load(name: "tfplugin5" | "tfplugin6"): ServiceClientConstructor {
  const file = fileURLToPath(new URL(`./${name}.proto`, import.meta.url));
  const loaded = loadPackageDefinition(loadSync(file, LOADER_OPTIONS))[name] as { Provider: ServiceClientConstructor };
  return loaded.Provider;
}
