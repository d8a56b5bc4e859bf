import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { restore, run, unlock } from "../tools/deploy/state/change-state.ts";
import { describeStates, describeVersions, stateRows, versionRows } from "../tools/deploy/state/describe-states.ts";
import { lockText, StateStore } from "../tools/deploy/state/state-store.ts";
import { requireStateBucket } from "../tools/deploy/state-bucket.ts";
import type { Target } from "../tools/deploy/target.ts";
import { chooseStacks, type Stack } from "../tools/synth/manifest.ts";

/** `npm run state -- <environment> <command>`: what Terraform has recorded, and what to do when the record is in the way. */
const USAGE = `usage: npm run state -- <environment> <command> [--json]
  list                       every stack's state: serial, resources, and who holds its lock
  list <stack>               the addresses in a state
  show <stack> <address>     what is recorded of one of them
  pull <stack>               the whole state
  unlock <stack> [<id>]      breaks a lock whose holder is gone; without the id it says who that is
  versions <stack>           the versions that the bucket keeps, newest first
  restore <stack> <version>  writes an old version as the newest one`;

/** How many names each command takes after its own. */
const OPERANDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  list: [0, 1],
  show: [2, 2],
  pull: [1, 1],
  unlock: [1, 2],
  versions: [1, 1],
  restore: [2, 2],
};

await runCommand(() => {
  const { environment, names, values } = readCommandLine({ json: { type: "boolean" } });
  const [command = "", ...operands] = names;
  const [least, most] = OPERANDS[command] ?? [Number.POSITIVE_INFINITY, 0];
  if (operands.length < least || operands.length > most) throw new UsageError(USAGE);
  return withTarget(environment, {}, async (target) => {
    const [name, operand] = operands;
    const stacks = chooseStacks(target.stacks, name === undefined ? [] : [name]);
    await requireStateBucket(target);
    const say = (text: string, facts: object) => console.log(values.json ? JSON.stringify(facts) : text);
    if (name === undefined) return list(target, say);
    for (const stack of stacks) await of(target, stack, command, operand, say);
    return 0;
  });
});

type Say = (text: string, facts: object) => void;

async function list({ stacks, s3 }: Target, say: Say): Promise<number> {
  const rows = await stateRows(stacks, new StateStore(s3));
  say(describeStates(rows), { type: "result", states: rows });
  return 0;
}

async function of({ terraform, s3 }: Target, stack: Stack, command: string, operand: string | undefined, say: Say) {
  const states = new StateStore(s3);
  const terraforms = async (args: readonly string[]) => process.stdout.write(await run(stack, terraform, args));
  switch (command) {
    case "list": {
      const lock = await states.lock(stack);
      if (lock) console.error(`${stack.name} is ${lockText(lock)}`);
      const text = (await run(stack, terraform, ["state", "list"])).trimEnd();
      const addresses = text.split("\n").filter(Boolean);
      return say(text, { type: "result", stack: stack.name, addresses, lock: lock ?? null });
    }
    case "show":
      return terraforms(["state", "show", "-no-color", operand ?? ""]);
    case "pull":
      return terraforms(["state", "pull"]);
    case "versions": {
      const rows = await versionRows(stack, states);
      return say(describeVersions(rows), { type: "result", stack: stack.name, versions: rows });
    }
    case "restore": {
      const serial = await restore(stack, operand ?? "", states, terraform);
      const text = `The state of ${stack.name} is version ${operand} again, with the serial ${serial}. See what differs: npm run plan`;
      return say(text, { type: "result", stack: stack.name, serial });
    }
    default: {
      if (operand === undefined) {
        const lock = await states.lock(stack);
        const text = `The state of ${stack.name} is ${lock ? lockText(lock) : "not locked"}.`;
        return say(text, { type: "result", stack: stack.name, lock: lock ?? null });
      }
      await unlock(stack, operand, states, terraform);
      return say(`The state of ${stack.name} is unlocked.`, { type: "result", stack: stack.name, lock: null });
    }
  }
}
