import { STATE_BUCKET_STACK } from "../deployment/bootstrap.ts";
import type { Work } from "../deployment/deploy.ts";
import type { Stack } from "../deployment/manifest.ts";
import type { Progress } from "../deployment/progress.ts";
import { errorsOf, type Terraform, type TerraformResult } from "../deployment/terraform.ts";
import { type State, stateOf } from "./answers.ts";
import { type Change, changesOf, isExcused, type Plan } from "./changes.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import type { Gaps, Unsettled } from "./gaps.ts";
import { JudgedStack } from "./judged-stack.ts";
import { prove } from "./proof.ts";
import type { Verdicts } from "./verdicts.ts";

const PLAN_FILE = "second.tfplan";
const QUIET = ["-input=false", "-no-color"];

/** Of `plan -detailed-exitcode`. */
const NO_CHANGES = 0;
const CHANGES = 2;

/** A stack did not hold before the real provider. */
class Rejected extends Error {}

/**
 * Puts stacks before the real provider: each is initialized, validated, planned and applied, and a second plan must find nothing to change. Of what the
 * emulator cannot take it proves that this is still so.
 */
export class Judge {
  /** The state of each stack that was applied. */
  readonly answers = new Map<string, State>();
  readonly #stacks: ReadonlyMap<string, JudgedStack>;
  readonly #gaps: Gaps;
  readonly #verdicts: Verdicts;
  readonly #used = new Set<Unsettled>();

  constructor(stacks: readonly Stack[], gaps: Gaps, verdicts: Verdicts) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, new JudgedStack(stack, gaps.leftOut)]));
    this.#gaps = gaps;
    this.#verdicts = verdicts;
  }

  readonly work: Work = async (stack, terraform, progress) => {
    try {
      const resources = await this.#judge(stack, terraform, progress);
      progress.done(stack.name, `${resources} resources`);
      return true;
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      progress.fail(stack.name, error.message);
      return false;
    }
  };

  async #judge(stack: Stack, terraform: Terraform, progress: Progress): Promise<number> {
    const judged = this.#stacks.get(stack.name);
    if (!judged) throw new Error(`no stack "${stack.name}"`);
    const run = async (phase: string, args: readonly string[], accepted: readonly number[] = [0]) => {
      progress.begin(stack.name, phase);
      const result = await terraform.run(stack.directory, args, (event) => progress.event(stack.name, event));
      if (!accepted.includes(result.code)) throw new Rejected(`${phase}: ${errorsOf(result)}`);
      return result;
    };
    await run("initializing", ["init", ...QUIET, "-reconfigure"]);
    await judged.whole(async () => {
      await run("validating", ["validate", "-no-color"]);
      await run("planning", ["plan", ...QUIET, "-json"]);
    });
    await run("applying", ["apply", ...QUIET, "-auto-approve", "-json"]);
    const again = ["plan", ...QUIET, "-json", "-detailed-exitcode", `-out=${PLAN_FILE}`];
    const second = await run("planning again", again, [NO_CHANGES, CHANGES]);
    this.#weigh(
      stack,
      second.code === CHANGES ? planOf(await run("reading the plan", ["show", "-json", PLAN_FILE])) : {},
    );
    const answers = stateOf(await run("counting", ["show", "-json"]));
    this.answers.set(stack.name, answers);
    return answers.size;
  }

  /** Every change of the second plan must be one that the emulator is known for. */
  #weigh({ name }: Stack, plan: Plan): void {
    const changes = changesOf(plan);
    const excusesOf = (change: Change) => this.#gaps.unsettled.filter((gap) => isExcused(change, gap));
    const unexcused = changes.filter((change) => excusesOf(change).length === 0);
    const deed = `plan ${name} again`;
    if (unexcused.length === 0) this.#verdicts.pass(deed);
    else this.#verdicts.fail(deed, ["there are changes:", ...unexcused.map(line)].join("\n"));
    for (const gap of changes.flatMap(excusesOf)) this.#used.add(gap);
  }

  /** Proves of what is left out, and of what cannot be taken away, that this is still so. Call when all stacks are applied: it takes minutes. */
  async prove(account: EmulatedAccount): Promise<void> {
    const proveOne = async (judged: JudgedStack) => {
      const terraform = account.terraform();
      const { name } = judged.stack;
      for (const gap of judged.leftOut) await prove(gap, judged, terraform, this.#verdicts);
      for (const gap of this.#gaps.undeletable.filter(({ stack }) => stack === name)) {
        await prove(gap, judged, terraform, this.#verdicts, ["-destroy"]);
      }
    };
    // a failed apply of the state bucket's own stack can leave its state out of reach: the bootstrap trial proves its gaps, in an account of its own
    const others = [...this.#stacks.values()].filter(({ stack }) => stack.name !== STATE_BUCKET_STACK);
    await Promise.all(others.map(proveOne));
  }

  /** Says of every excuse whether it was needed. Call when all stacks were judged. */
  conclude(): void {
    for (const gap of this.#gaps.unsettled) {
      const name = `${gap.types.join(", ")}: ${gap.attributes.join(", ")}`;
      const complaint = this.#used.has(gap) ? undefined : "is excused, and no second plan wants to change it now";
      this.#verdicts.gap(name, gap.reason, complaint);
    }
  }
}

function line({ address, attributes }: Change): string {
  return `  ${address}: ${attributes.length > 0 ? attributes.join(", ") : "created or destroyed"}`;
}

/** Terraform prints a plan as one line of JSON. */
function planOf({ events: [plan] }: TerraformResult): Plan {
  return plan as Plan;
}
