import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../tools/synth/manifest.ts";
import type { Refused } from "./gaps.ts";
import { type Configuration, withoutResources } from "./left-out.ts";

/** The emulator answers what it does not know with an error 500, and the provider would ask 25 times, ever more slowly. */
const FEW_RETRIES = { provider: { aws: { max_retries: 2 } } };

const STATE_FILE = "terraform.tfstate";
const STATE_BESIDE = { terraform: { backend: { local: { path: STATE_FILE } } } };

/** A synthesized stack without what the emulator cannot take, and copies of it that have more. */
export class JudgedStack {
  readonly stack: Stack;
  /** What the emulator cannot take of it. */
  readonly leftOut: readonly Refused[];
  readonly #whole: string;

  /** @param leftOut of this and of other stacks. */
  constructor(stack: Stack, leftOut: readonly Refused[]) {
    this.stack = stack;
    this.leftOut = leftOut.filter((gap) => gap.stack === stack.name);
    this.#whole = readFileSync(configurationOf(stack.directory), "utf8");
    this.#write(stack.directory, this.leftOut);
  }

  /**
   * A copy in a folder of its own, its state in a file there, so that what is done with it leaves the stack and its state alone.
   *
   * @param purpose names the folder.
   * @param leftOut what it is without.
   * @param state to begin with, as `terraform state pull` tells it.
   * @returns the folder.
   */
  copy(purpose: string, leftOut: readonly Refused[], state?: string): string {
    const directory = `${this.stack.directory}.${purpose}`;
    mkdirSync(directory);
    this.#write(directory, leftOut);
    writeFileSync(join(directory, "backend_override.tf.json"), JSON.stringify(STATE_BESIDE));
    if (state !== undefined) writeFileSync(join(directory, STATE_FILE), state);
    const assets = join(this.stack.directory, "assets");
    if (existsSync(assets)) symlinkSync(assets, join(directory, "assets"));
    return directory;
  }

  #write(directory: string, leftOut: readonly Refused[]): void {
    writeFileSync(configurationOf(directory), without(this.#whole, leftOut));
    writeFileSync(join(directory, "retries_override.tf.json"), JSON.stringify(FEW_RETRIES));
  }
}

function configurationOf(directory: string): string {
  return join(directory, "cdk.tf.json");
}

function without(whole: string, leftOut: readonly Refused[]): string {
  if (leftOut.length === 0) return whole;
  const addresses = leftOut.map(({ address }) => address);
  return JSON.stringify(withoutResources(JSON.parse(whole) as Configuration, addresses));
}
