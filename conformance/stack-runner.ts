import pLimit from "p-limit";
import { STATE_BUCKET_STACK } from "../tools/deploy/bootstrap.ts";
import type { StackOperation } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { errorsOf, type Terraform, type TerraformResult } from "../tools/terraform/terraform.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import type { EmulatorGaps, UnstableArguments, UnsupportedResource } from "./emulator-gaps.ts";
import { type Change, changesOf, isKnownChange, NO_CHANGES, type Plan, readPlan } from "./plan-changes.ts";
import type { Results } from "./results.ts";
import { readState, type State } from "./states.ts";
import { TestedStack } from "./tested-stack.ts";
import { verifyGap } from "./verify-gap.ts";

const PLAN_FILE = "second.tfplan";
const NON_INTERACTIVE = ["-input=false", "-no-color"];

/** Exit codes of `plan -detailed-exitcode`. */
const EXIT_NO_CHANGES = 0;
const EXIT_CHANGES = 2;

/** Commands that run at the same time on copies of stacks, in addition to those of the deployment. */
const PARALLEL_COPIES = 4;

/** A Terraform command ended with an unexpected exit code. */
class UnexpectedExitError extends Error {
  override readonly name = "UnexpectedExitError";
  readonly code = "UNEXPECTED_EXIT";
}

/**
 * Runs stacks with the real provider: plans each one completely, applies it without what the emulator does not support,
 * and plans it again, which must find no changes. Verifies that the emulator still does not support what was omitted.
 * Plans and applies validate: https://developer.hashicorp.com/terraform/cli/commands/validate
 *
 * A dependent stack waits only for the apply. The provider waits for minutes where AWS takes minutes, so everything
 * else runs beside it.
 */
export class StackRunner {
  /** The state of each applied stack. */
  readonly states = new Map<string, State>();
  readonly #stacks: ReadonlyMap<string, TestedStack>;
  readonly #gaps: EmulatorGaps;
  readonly #account: EmulatedAccount;
  readonly #results: Results;
  readonly #seen = new Set<UnstableArguments>();
  readonly #verifications: Promise<void>[] = [];
  readonly #limit = pLimit(PARALLEL_COPIES);

  constructor(stacks: readonly Stack[], gaps: EmulatorGaps, account: EmulatedAccount, results: Results) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, new TestedStack(stack, gaps.omitted)]));
    this.#gaps = gaps;
    this.#account = account;
    this.#results = results;
  }

  /** Applies a stack and starts its verification, which {@link finishVerifications} waits for. */
  readonly work: StackOperation = async (stack, terraform, progress) => {
    const tested = this.#stacks.get(stack.name);
    if (!tested) throw new Error(`There is no stack "${stack.name}".`);
    const planned = errorOf(this.#planOmitted(tested));
    const error = await errorOf(this.#apply(stack, terraform, progress));
    if (error !== undefined) progress.fail(stack.name, error);
    this.#verifications.push(error === undefined ? this.#verify(tested, planned, progress) : planned.then(() => {}));
    return error === undefined;
  };

  /** Waits for the verifications of all applied stacks. */
  async finishVerifications(): Promise<void> {
    await Promise.all(this.#verifications);
  }

  /** Checks that every listed unstable argument occurred. Call after {@link finishVerifications}. */
  checkUnstableArguments(): void {
    for (const gap of this.#gaps.unstable) {
      const name = `${gap.types.join(", ")}: ${gap.attributes.join(", ")}`;
      const problem = this.#seen.has(gap) ? undefined : "is listed as unstable, but no second plan changes it now";
      this.#results.gap(name, gap.reason, problem);
    }
  }

  /** Plans all resources of the stack, from an empty state, if the apply omits some. */
  async #planOmitted(tested: TestedStack): Promise<void> {
    if (tested.omitted.length > 0) await this.#limit(() => this.#planCompletely(tested));
  }

  async #planCompletely(tested: TestedStack): Promise<void> {
    const directory = tested.copy("complete", []);
    const terraform = this.#account.terraform();
    await expectExit("initializing", terraform.run(directory, ["init", ...NON_INTERACTIVE]));
    await expectExit("planning", terraform.run(directory, ["plan", ...NON_INTERACTIVE, "-json"]));
  }

  async #apply({ name, directory }: Stack, terraform: Terraform, progress: Progress): Promise<void> {
    progress.begin(name, "initializing");
    await expectExit("initializing", terraform.run(directory, ["init", ...NON_INTERACTIVE, "-reconfigure"]));
    progress.begin(name, "planning");
    const apply = ["apply", ...NON_INTERACTIVE, "-auto-approve", "-json"];
    await expectExit(
      "applying",
      terraform.run(directory, apply, (event) => progress.event(name, event)),
    );
  }

  async #verify(tested: TestedStack, planned: Promise<string | undefined>, progress: Progress): Promise<void> {
    const { name } = tested.stack;
    const terraform = this.#account.terraform();
    progress.begin(name, "planning again");
    const error = (await errorOf(this.#planAgain(tested.stack, terraform))) ?? (await planned);
    if (error === undefined) progress.done(name, `${this.states.get(name)?.size} resources`);
    else progress.fail(name, error);
    await this.#verifyGaps(tested, terraform);
  }

  async #planAgain({ name, directory }: Stack, terraform: Terraform): Promise<void> {
    const planAgain = ["plan", ...NON_INTERACTIVE, "-json", "-detailed-exitcode", `-out=${PLAN_FILE}`];
    const exitCodes = [EXIT_NO_CHANGES, EXIT_CHANGES];
    const second = await expectExit("planning again", terraform.run(directory, planAgain), exitCodes);
    const show = (...plan: string[]) => expectExit("showing", terraform.run(directory, ["show", "-json", ...plan]));
    this.#checkSecondPlan(name, second.code === EXIT_CHANGES ? readPlan(await show(PLAN_FILE)) : NO_CHANGES);
    this.states.set(name, readState(await show()));
  }

  /** Passes if all changes are known gaps of the emulator. */
  #checkSecondPlan(name: string, plan: Plan): void {
    const changes = changesOf(plan);
    const gapsOf = (change: Change) => this.#gaps.unstable.filter((gap) => isKnownChange(change, gap));
    const unknown = changes.filter((change) => gapsOf(change).length === 0);
    const action = `plan ${name} again`;
    if (unknown.length === 0) this.#results.pass(action);
    else this.#results.fail(action, ["there are changes:", ...unknown.map(line)].join("\n"));
    for (const gap of changes.flatMap(gapsOf)) this.#seen.add(gap);
  }

  async #verifyGaps(tested: TestedStack, terraform: Terraform): Promise<void> {
    const { name, directory } = tested.stack;
    // The policy of the state bucket would lock this run out, so the check of the bootstrap verifies it in its own
    // account.
    if (name === STATE_BUCKET_STACK) return;
    if (tested.omitted.length === 0) return;
    const { output: state } = await terraform.run(directory, ["state", "pull"]);
    const verify = (gap: UnsupportedResource) =>
      this.#limit(() => verifyGap({ gap, tested, state }, this.#account.terraform(), this.#results));
    await Promise.all(tested.omitted.map(verify));
  }
}

/** @throws UnexpectedExitError unless Terraform ended with one of the exit codes. */
async function expectExit(
  phase: string,
  running: Promise<TerraformResult>,
  codes: readonly number[] = [0],
): Promise<TerraformResult> {
  const result = await running;
  if (!codes.includes(result.code)) throw new UnexpectedExitError(`${phase}: ${errorsOf(result)}`);
  return result;
}

/** The message of an UnexpectedExitError; undefined if the work succeeded. */
async function errorOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof UnexpectedExitError) return error.message;
    throw error;
  }
}

function line({ address, attributes }: Change): string {
  return `  ${address}: ${attributes.length > 0 ? attributes.join(", ") : "created or destroyed"}`;
}
