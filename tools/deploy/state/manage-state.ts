import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { chooseStacks, type Stack } from "../../synth/manifest.ts";
import { withTarget } from "../../target/open-target.ts";
import type { Target } from "../../target/target.ts";
import { requireStateBucket } from "../state-bucket.ts";
import { restore, runInStack, unlock } from "./change-state.ts";
import { describeStates, describeVersions, stateRows, versionRows } from "./describe-states.ts";
import { lockText, StateStore } from "./state-store.ts";

/** The state of one stack, and how to print a result. */
interface StackState {
  readonly stack: Stack;
  readonly states: StateStore;
  readonly terraform: Target["terraform"];
  /** Prints the text, or the value as JSON. */
  print(text: string, value: object): void;
}

/** Prints the state of every stack: its serial, its resources and its lock. @returns the exit code. */
export function listStates(environment: EnvironmentName, json: boolean): Promise<number> {
  return withTarget(environment, { mustExist: true }, async (target) => {
    await requireStateBucket(target);
    const rows = await stateRows(target.stacks, new StateStore(target.s3));
    console.log(json ? JSON.stringify({ type: "result", states: rows }) : describeStates(rows));
    return 0;
  });
}

/** Prints the addresses in the state of a stack. */
export async function listAddresses({ stack, states, terraform, print }: StackState): Promise<void> {
  const lock = await states.lock(stack);
  if (lock) console.error(`${stack.name} is ${lockText(lock)}`);
  const text = (await runInStack(stack, terraform, ["state", "list"])).trimEnd();
  const addresses = text.split("\n").filter(Boolean);
  print(text, { type: "result", stack: stack.name, addresses, lock: lock ?? null });
}

/** Prints the state of one resource. */
export async function showResource({ stack, terraform }: StackState, address: string): Promise<void> {
  process.stdout.write(await runInStack(stack, terraform, ["state", "show", "-no-color", address]));
}

/** Prints the whole state of a stack. */
export async function pullState({ stack, terraform }: StackState): Promise<void> {
  process.stdout.write(await runInStack(stack, terraform, ["state", "pull"]));
}

/** Prints the lock of a state. */
export async function showLock({ stack, states, print }: StackState): Promise<void> {
  const lock = await states.lock(stack);
  const text = `The state of ${stack.name} is ${lock ? lockText(lock) : "not locked"}.`;
  print(text, { type: "result", stack: stack.name, lock: lock ?? null });
}

/** Removes the lock of a state. */
export async function removeLock({ stack, states, terraform, print }: StackState, id: string): Promise<void> {
  await unlock(stack, id, states, terraform);
  print(`The state of ${stack.name} is unlocked.`, { type: "result", stack: stack.name, lock: null });
}

/** Prints the versions of a state in the bucket. */
export async function listVersions({ stack, states, print }: StackState): Promise<void> {
  const rows = await versionRows(stack, states);
  print(describeVersions(rows), { type: "result", stack: stack.name, versions: rows });
}

/** Writes an old version of a state as the newest one. */
export async function restoreVersion({ stack, states, terraform, print }: StackState, version: string): Promise<void> {
  const serial = await restore(stack, version, states, terraform);
  const restored = `The state of ${stack.name} is version ${version} again, with the serial ${serial}.`;
  const text = `${restored} Show the differences: npm run plan`;
  print(text, { type: "result", stack: stack.name, serial });
}

/** Runs an operation on the state of one stack. @returns the exit code. */
export function withStackState(
  environment: EnvironmentName,
  stackName: string,
  json: boolean,
  work: (state: StackState) => Promise<void>,
): Promise<number> {
  return withTarget(environment, { stackNames: [stackName], mustExist: true }, async (target) => {
    await requireStateBucket(target);
    const states = new StateStore(target.s3);
    const print = (text: string, value: object) => console.log(json ? JSON.stringify(value) : text);
    for (const stack of chooseStacks(target.stacks, [stackName])) {
      await work({ stack, states, terraform: target.terraform, print });
    }
    return 0;
  });
}
