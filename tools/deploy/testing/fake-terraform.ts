import type { Stack } from "../../synth/manifest.ts";
import { Terraform, type TerraformResult } from "../../terraform/terraform.ts";

/** The result of one command; default: success without output. */
export type FakeResult = Partial<TerraformResult>;
type Respond = (stack: string, args: readonly string[]) => FakeResult | undefined;

/** Returns prepared results instead of running Terraform, and records the commands. */
export class FakeTerraform extends Terraform {
  /** `vpc: plan -input=false …` */
  readonly commands: string[] = [];
  readonly #respond: Respond;
  readonly #stacks: readonly Stack[];

  constructor(stacks: readonly Stack[], respond: Respond) {
    super({});
    this.#stacks = stacks;
    this.#respond = respond;
  }

  override async run(directory: string, args: readonly string[]): Promise<TerraformResult> {
    const name = this.#stacks.find((stack) => stack.directory === directory)?.name ?? directory;
    this.commands.push(`${name}: ${args.join(" ")}`);
    return { code: 0, events: [], text: "", output: "", ...this.#respond(name, args) };
  }
}
