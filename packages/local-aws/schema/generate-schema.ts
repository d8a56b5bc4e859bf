import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ProviderSchema, Schema } from "../src/provider/schema.ts";
import { addValidation } from "./checks.ts";
import { addPlanning } from "./planning.ts";
import { findPluginMirror, type PluginMirror } from "./plugin-mirror.ts";
import { RealProvider } from "./real-provider.ts";
import { DATA_SOURCE_TYPES, EPHEMERAL_TYPES, RESOURCE_TYPES } from "./types.ts";

/**
 * `npm run tool -- schema`: writes `src/provider/schema/aws.generated.json` from the real hashicorp/aws: the types in
 * `types.ts` as `terraform providers schema -json` prints them, with the default of each argument, whether its change
 * replaces the resource, and which values are rejected.
 */
const OUTPUT = new URL("../src/provider/schema/aws.generated.json", import.meta.url);

const mirror = findPluginMirror(process.env.LOCAL_AWS_PLUGIN_MIRROR);
if (!mirror) {
  console.error("No hashicorp/aws found in a local plugin mirror. Set LOCAL_AWS_PLUGIN_MIRROR to its folder.");
  process.exit(1);
}
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort(signal));
process.on("disconnect", () => interrupted.abort("SIGHUP")); // The launcher has terminated.
process.channel?.unref?.();
try {
  await generate(mirror, interrupted.signal);
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  console.error("\nInterrupted. The schema was not changed.");
  process.exitCode = 128 + constants.signals[interrupted.signal.reason as NodeJS.Signals];
}

async function generate(source: PluginMirror, signal: AbortSignal): Promise<void> {
  const whole = await readSchema(source, signal);
  const provider = await RealProvider.start(source.executable, whole.provider.block);
  const stop = () => provider.stop();
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    write(source.version, await planTypes(provider, whole));
  } finally {
    stop();
  }
  reportProgress("");
  console.error(`Wrote ${RESOURCE_TYPES.length} resource types of hashicorp/aws ${source.version}.`);
}

/** The schema of the types in `types.ts`, with what the provider plans and rejects. */
async function planTypes(provider: RealProvider, whole: ProviderSchema): Promise<ProviderSchema> {
  const resources: [string, Schema][] = [];
  for (const name of RESOURCE_TYPES) {
    reportProgress(`  ${resources.length + 1} of ${RESOURCE_TYPES.length} resource types: ${name}`);
    const schema = pick(whole.resource_schemas, name);
    const planned = { ...schema, block: await addPlanning(provider, name, schema.block) };
    resources.push([name, await addValidation(provider, name, planned)]);
  }
  return {
    provider: whole.provider,
    resource_schemas: Object.fromEntries(resources),
    data_source_schemas: Object.fromEntries(
      DATA_SOURCE_TYPES.map((name) => [name, pick(whole.data_source_schemas, name)]),
    ),
    ephemeral_resource_schemas: Object.fromEntries(
      EPHEMERAL_TYPES.map((name) => [name, pick(whole.ephemeral_resource_schemas, name)]),
    ),
  };
}

/** Replaces the last line of a terminal. A log gets only the result. */
function reportProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, process.stderr.columns - 1)}`);
}

async function readSchema({ path, version }: PluginMirror, signal: AbortSignal): Promise<ProviderSchema> {
  const folder = mkdtempSync(join(tmpdir(), "local-aws-schema-"));
  try {
    const required = { required_providers: { aws: { source: "hashicorp/aws", version } } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: required }));
    writeFileSync(
      join(folder, "rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n}\n`,
    );
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "rc"), CHECKPOINT_DISABLE: "1" };
    const terraform = (...args: readonly string[]) =>
      promisify(execFile)("terraform", args, { cwd: folder, env, signal, maxBuffer: 1 << 28 });
    reportProgress("  Reading the schema of hashicorp/aws");
    await terraform("init", "-input=false");
    const { stdout } = await terraform("providers", "schema", "-json");
    const schemas = JSON.parse(stdout) as { provider_schemas: Record<string, ProviderSchema> };
    return withoutDescriptions(pick(schemas.provider_schemas, "registry.terraform.io/hashicorp/aws"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutDescriptions<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (name, member) =>
      /^description(_kind)?$/.test(name) && typeof member === "string" ? undefined : member,
    ),
  );
}

function pick<Value>(map: Readonly<Record<string, Value>>, name: string): Value {
  const value = map[name];
  if (value === undefined) throw new Error(`The schema of hashicorp/aws has no ${name}.`);
  return value;
}

/** One type per line, so that a diff after an upgrade shows which types changed. */
function write(version: string, schema: ProviderSchema): void {
  const lines = (map: Readonly<Record<string, Schema>>) =>
    Object.entries(map)
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n");
  const parts = [
    `"provider_version": ${JSON.stringify(version)}`,
    `"provider": ${JSON.stringify(schema.provider)}`,
    `"resource_schemas": {\n${lines(schema.resource_schemas)}\n}`,
    `"data_source_schemas": {\n${lines(schema.data_source_schemas)}\n}`,
    `"ephemeral_resource_schemas": {\n${lines(schema.ephemeral_resource_schemas)}\n}`,
  ];
  writeFileSync(OUTPUT, `{\n${parts.join(",\n")}\n}\n`);
}
