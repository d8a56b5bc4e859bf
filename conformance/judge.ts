import pLimit from "p-limit";
import { STATE_BUCKET_STACK } from "../tools/deploy/bootstrap.ts";
import type { Work } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";

import { errorsOf, type Terraform, type TerraformResult } from "../tools/deploy/terraform.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { type State, stateOf } from "./answers.ts";
import { type Change, changesOf, isExcused, type Plan } from "./changes.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import type { Gaps, Refused, Unsettled } from "./gaps.ts";
import { JudgedStack } from "./judged-stack.ts";
import { prove } from "./proof.ts";
import type { Verdicts } from "./verdicts.ts";

const PLAN_FILE = "second.tfplan";
const QUIET = ["-input=false", "-no-color"];

/** Of `plan -detailed-exitcode`. */
const NO_CHANGES = 0;
const CHANGES = 2;

/** Commands that run for copies of stacks at the same time, beside those that the deployment runs. */
const BESIDE = 4;

/** A stack did not hold before the real provider. */
class Rejected extends Error {}

/**
 * Puts stacks before the real provider: each is validated and planned as it is, then applied, and a second plan must find nothing to change. Of what the
 * emulator cannot take it proves that this is still so.
 *
 * What depends on a stack waits for its apply alone: the provider waits for minutes, by the clock, for what AWS takes minutes to do, and everything else
 * goes on beside that.
 */
export class Judge {
  /** The state of each stack that was applied. */
  readonly answers = new Map<string, State>();
  readonly #stacks: ReadonlyMap<string, JudgedStack>;
  readonly #gaps: Gaps;
  readonly #account: EmulatedAccount;
  readonly #verdicts: Verdicts;
  readonly #used = new Set<Unsettled>();
  readonly #reviews: Promise<void>[] = [];
  readonly #beside = pLimit(BESIDE);

  constructor(stacks: readonly Stack[], gaps: Gaps, account: EmulatedAccount, verdicts: Verdicts) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, new JudgedStack(stack, gaps.leftOut)]));
    this.#gaps = gaps;
    this.#account = account;
    this.#verdicts = verdicts;
  }

  /** Applies a stack; {@link reviewed} waits for what is left to be seen of it. */
  readonly work: Work = async (stack, terraform, progress) => {
    const judged = this.#stacks.get(stack.name);
    if (!judged) throw new Error(`no stack "${stack.name}"`);
    const planned = complaintOf(this.#beside(() => this.#planWhole(judged)));
    const complaint = await complaintOf(this.#apply(stack, terraform, progress));
    if (complaint !== undefined) progress.fail(stack.name, complaint);
    this.#reviews.push(complaint === undefined ? this.#review(judged, planned, progress) : planned.then(() => {}));
    return complaint === undefined;
  };

  /** Waits until everything is known of the stacks that were applied. */
  async reviewed(): Promise<void> {
    await Promise.all(this.#reviews);
  }

  /** Says of every excuse whether it was needed. Call when all stacks were reviewed. */
  conclude(): void {
    for (const gap of this.#gaps.unsettled) {
      const name = `${gap.types.join(", ")}: ${gap.attributes.join(", ")}`;
      const complaint = this.#used.has(gap) ? undefined : "is excused, and no second plan wants to change it now";
      this.#verdicts.gap(name, gap.reason, complaint);
    }
  }

  /** All of the stack, with nothing of it there yet. */
  async #planWhole(judged: JudgedStack): Promise<void> {
    const directory = judged.copy("whole", []);
    const terraform = this.#account.terraform();
    await accepted("initializing", terraform.run(directory, ["init", ...QUIET]));
    await accepted("validating", terraform.run(directory, ["validate", "-no-color"]));
    await accepted("planning", terraform.run(directory, ["plan", ...QUIET, "-json"]));
  }

  async #apply({ name, directory }: Stack, terraform: Terraform, progress: Progress): Promise<void> {
    progress.begin(name, "initializing");
    await accepted("initializing", terraform.run(directory, ["init", ...QUIET, "-reconfigure"]));
    progress.begin(name, "planning");
    const apply = ["apply", ...QUIET, "-auto-approve", "-json"];
    await accepted(
      "applying",
      terraform.run(directory, apply, (event) => progress.event(name, event)),
    );
  }

  async #review(judged: JudgedStack, planned: Promise<string | undefined>, progress: Progress): Promise<void> {
    const { name } = judged.stack;
    const terraform = this.#account.terraform();
    progress.begin(name, "planning again");
    const complaint = (await complaintOf(this.#planAgain(judged.stack, terraform))) ?? (await planned);
    if (complaint === undefined) progress.done(name, `${this.answers.get(name)?.size} resources`);
    else progress.fail(name, complaint);
    await this.#prove(judged, terraform);
  }

  async #planAgain({ name, directory }: Stack, terraform: Terraform): Promise<void> {
    const again = ["plan", ...QUIET, "-json", "-detailed-exitcode", `-out=${PLAN_FILE}`];
    const second = await accepted("planning again", terraform.run(directory, again), [NO_CHANGES, CHANGES]);
    const show = (...plan: string[]) => accepted("showing", terraform.run(directory, ["show", "-json", ...plan]));
    this.#weigh(name, second.code === CHANGES ? planOf(await show(PLAN_FILE)) : {});
    this.answers.set(name, stateOf(await show()));
  }

  /** Every change of the second plan must be one that the emulator is known for. */
  #weigh(name: string, plan: Plan): void {
    const changes = changesOf(plan);
    const excusesOf = (change: Change) => this.#gaps.unsettled.filter((gap) => isExcused(change, gap));
    const unexcused = changes.filter((change) => excusesOf(change).length === 0);
    const deed = `plan ${name} again`;
    if (unexcused.length === 0) this.#verdicts.pass(deed);
    else this.#verdicts.fail(deed, ["there are changes:", ...unexcused.map(line)].join("\n"));
    for (const gap of changes.flatMap(excusesOf)) this.#used.add(gap);
  }

  /** Proves of what is left out that the emulator still cannot take it. */
  async #prove(judged: JudgedStack, terraform: Terraform): Promise<void> {
    const { name, directory } = judged.stack;
    if (name === STATE_BUCKET_STACK) return; // whose policy would lock us out: the bootstrap trial proves it, in an account of its own
    if (judged.leftOut.length === 0) return;
    const { output: state } = await terraform.run(directory, ["state", "pull"]);
    const proveOne = (gap: Refused) =>
      this.#beside(() => prove({ gap, judged, state }, this.#account.terraform(), this.#verdicts));
    await Promise.all(judged.leftOut.map(proveOne));
  }
}

/** @throws Rejected when Terraform ended with another code than the accepted. */
async function accepted(
  phase: string,
  running: Promise<TerraformResult>,
  codes: readonly number[] = [0],
): Promise<TerraformResult> {
  const result = await running;
  if (!codes.includes(result.code)) throw new Rejected(`${phase}: ${errorsOf(result)}`);
  return result;
}

/** Why it was rejected; undefined when it was not. */
async function complaintOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Rejected) return error.message;
    throw error;
  }
}

function line({ address, attributes }: Change): string {
  return `  ${address}: ${attributes.length > 0 ? attributes.join(", ") : "created or destroyed"}`;
}

/** Terraform prints a plan as one line of JSON. */
function planOf({ events: [plan] }: TerraformResult): Plan {
  return plan as Plan;
}
