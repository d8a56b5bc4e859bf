import type { Stack } from "../../synth/manifest.ts";
import { Terraform, type TerraformResult } from "../terraform.ts";

/** How one command of a stack ends; what is left out, well and with nothing said. */
export type Answer = Partial<TerraformResult>;

/** Answers as Terraform would, without running it, and remembers what it was asked. */
export class FakeTerraform extends Terraform {
  /** `vpc: plan -input=false …` */
  readonly asked: string[] = [];
  readonly #answer: (stack: string, args: readonly string[]) => Answer | undefined;
  readonly #stacks: readonly Stack[];

  constructor(stacks: readonly Stack[], answer: (stack: string, args: readonly string[]) => Answer | undefined) {
    super({});
    this.#stacks = stacks;
    this.#answer = answer;
  }

  override async run(directory: string, args: readonly string[]): Promise<TerraformResult> {
    const name = this.#stacks.find((stack) => stack.directory === directory)?.name ?? directory;
    this.asked.push(`${name}: ${args.join(" ")}`);
    return { code: 0, events: [], text: "", output: "", ...this.#answer(name, args) };
  }
}
