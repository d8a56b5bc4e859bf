import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSources } from "../data-sources.ts";
import { Identifiers } from "../identifiers.ts";
import { Provider } from "../provider.ts";
import { Records } from "../records.ts";
import type { TerraformParts } from "../resource-handler.ts";
import { ResourceLifecycle } from "../resource-lifecycle.ts";
import { readSchema } from "../schema/aws.ts";
import { ProviderServer, reattachVariable } from "../server.ts";

export interface TerraformRun {
  readonly code: number;
  readonly output: string;
}

/** A folder with a Terraform module, in which real Terraform runs with the local provider attached. */
export class TerraformWorkspace {
  readonly directory = mkdtempSync(join(tmpdir(), "local-aws-terraform-"));
  readonly module = join(this.directory, "module");
  readonly records: Records;
  readonly resources: ResourceLifecycle;
  readonly #server = new ProviderServer();
  readonly #provider: Provider;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(parts: TerraformParts = {}, environment: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.module);
    this.#environment = environment;
    this.records = new Records(join(this.directory, "resources.jsonl"), "this run");
    const schema = readSchema();
    const identifiers = new Identifiers(
      (digits) => randomBytes(digits).toString("hex").slice(0, digits),
      () => Date.now(),
    );
    this.resources = new ResourceLifecycle(schema.resource_schemas, parts.resources ?? [], this.records, identifiers);
    const dataSources = new DataSources(schema.data_source_schemas, parts.dataSources ?? [], this.records);
    this.#provider = new Provider(
      schema,
      this.resources,
      dataSources,
      parts.ephemerals ?? [],
      this.#server.directoryOf,
    );
  }

  start(): Promise<void> {
    return this.#server.start(this.#provider);
  }

  stop(): void {
    this.#server.stop();
    this.records.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Replaces the module by this configuration, in Terraform's JSON syntax; the provider requirement is added. */
  write(configuration: Readonly<Record<string, unknown>>): void {
    const terraform = { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100" } } };
    writeFileSync(join(this.module, "main.tf.json"), JSON.stringify({ terraform, ...configuration }));
  }

  async run(...args: string[]): Promise<TerraformRun> {
    const attachment = await this.#server.attach(this.module);
    try {
      return await runTerraform(args, this.module, {
        ...this.#environment,
        TF_REATTACH_PROVIDERS: reattachVariable(attachment.port),
      });
    } finally {
      attachment.close();
    }
  }

  /** Init and apply; throws with Terraform's output when it fails. */
  async apply(configuration: Readonly<Record<string, unknown>>): Promise<string> {
    this.write(configuration);
    await this.#succeed("init", "-input=false", "-no-color");
    return this.#succeed("apply", "-auto-approve", "-input=false", "-no-color");
  }

  async plan(): Promise<TerraformRun> {
    return this.run("plan", "-detailed-exitcode", "-input=false", "-no-color");
  }

  /** Attributes of a resource in the state file, by its address. */
  attributes(address: string): Record<string, unknown> {
    const state = JSON.parse(readFileSync(join(this.module, "terraform.tfstate"), "utf8")) as {
      resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    const resource = state.resources.find(({ type, name }) => `${type}.${name}` === address);
    if (!resource?.instances[0]) throw new Error(`${address} is not in the state`);
    return resource.instances[0].attributes;
  }

  async #succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args);
    if (code !== 0) throw new Error(output);
    return output;
  }
}

function runTerraform(
  args: string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "", ...environment };
    const child = spawn("terraform", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
