import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationFile } from "../tools/synth/configuration.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import type { UnsupportedResource } from "./emulator-gaps.ts";
import { addressesOfType, omitResources, parseConfiguration } from "./omit-resources.ts";

/**
 * The emulator returns error 500 for what it does not support; by default the provider retries 25 times with growing
 * delays.
 */
const FEW_RETRIES = { provider: { aws: { max_retries: 2 } } };

const STATE_FILE = "terraform.tfstate";
const LOCAL_BACKEND = { terraform: { backend: { local: { path: STATE_FILE } } } };

/** A synthesized stack without the resources that the emulator does not support, and copies of it with more of them. */
export class TestedStack {
  readonly stack: Stack;
  /** Resources of this stack that the emulator does not support. */
  readonly omitted: readonly UnsupportedResource[];
  readonly #complete: string;

  /** @param omitted unsupported resources of all stacks. */
  constructor(stack: Stack, omitted: readonly UnsupportedResource[]) {
    this.stack = stack;
    this.omitted = omitted.filter((gap) => gap.stack === stack.name);
    this.#complete = readFileSync(configurationFile(stack), "utf8");
    this.#write(stack.directory, this.omitted);
  }

  /**
   * Copies the stack to a separate folder with a local state file, so that commands there do not affect the stack.
   *
   * @param purpose suffix of the folder's name.
   * @param omitted the resources that the copy does not contain.
   * @param state the initial state, in the format of `terraform state pull`.
   * @returns the folder.
   */
  copy(purpose: string, omitted: readonly UnsupportedResource[], state?: string): string {
    const directory = `${this.stack.directory}.${purpose}`;
    mkdirSync(directory);
    this.#write(directory, omitted);
    writeFileSync(join(directory, "backend_override.tf.json"), JSON.stringify(LOCAL_BACKEND));
    if (state !== undefined) writeFileSync(join(directory, STATE_FILE), state);
    const assets = join(this.stack.directory, "assets");
    if (existsSync(assets)) symlinkSync(assets, join(directory, "assets"));
    return directory;
  }

  #write(directory: string, omitted: readonly UnsupportedResource[]): void {
    writeFileSync(configurationFile({ directory }), omit(this.#complete, omitted));
    writeFileSync(join(directory, "retries_override.tf.json"), JSON.stringify(FEW_RETRIES));
  }
}

function omit(configuration: string, omitted: readonly UnsupportedResource[]): string {
  if (omitted.length === 0) return configuration;
  const parsed = parseConfiguration(configuration);
  const addresses = omitted.flatMap(({ address, allOfType }) =>
    allOfType ? addressesOfType(parsed, address) : address,
  );
  return JSON.stringify(omitResources(parsed, addresses));
}
