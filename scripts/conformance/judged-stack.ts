import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../deployment/manifest.ts";
import type { Refused } from "./gaps.ts";
import { type Configuration, withoutResources } from "./left-out.ts";

/** The emulator answers what it does not know with an error 500, and the provider would ask 25 times, ever more slowly. */
const FEW_RETRIES = { provider: { aws: { max_retries: 2 } } };

/** A synthesized stack in its two forms: whole, and without what the emulator cannot take. */
export class JudgedStack {
  readonly stack: Stack;
  readonly leftOut: readonly Refused[];
  readonly #file: string;
  readonly #whole: string;
  readonly #reduced: string;

  /** @param leftOut of this and of other stacks. */
  constructor(stack: Stack, leftOut: readonly Refused[]) {
    this.stack = stack;
    this.leftOut = leftOut.filter((gap) => gap.stack === stack.name);
    this.#file = join(stack.directory, "cdk.tf.json");
    this.#whole = readFileSync(this.#file, "utf8");
    this.#reduced = without(this.#whole, this.leftOut);
    writeFileSync(this.#file, this.#reduced);
    writeFileSync(join(stack.directory, "retries_override.tf.json"), JSON.stringify(FEW_RETRIES));
  }

  /** Does something with the stack as it is deployed to AWS. */
  whole<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#instead(this.#whole, work);
  }

  /** Does something with the stack when only the others are left out. */
  with<Result>(gap: Refused, work: () => Promise<Result>): Promise<Result> {
    const others = this.leftOut.filter((other) => other !== gap);
    return this.#instead(without(this.#whole, others), work);
  }

  async #instead<Result>(configuration: string, work: () => Promise<Result>): Promise<Result> {
    writeFileSync(this.#file, configuration);
    try {
      return await work();
    } finally {
      writeFileSync(this.#file, this.#reduced);
    }
  }
}

function without(whole: string, leftOut: readonly Refused[]): string {
  if (leftOut.length === 0) return whole;
  const addresses = leftOut.map(({ address }) => address);
  return JSON.stringify(withoutResources(JSON.parse(whole) as Configuration, addresses));
}
