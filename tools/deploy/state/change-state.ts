import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../../synth/manifest.ts";
import { initialize } from "../deploy.ts";
import { errorsOf, type Terraform } from "../terraform.ts";
import { lockText, type State, type StateStore } from "./state-store.ts";

/** What was asked of a state cannot be done. */
export class StateError extends Error {
  override readonly name = "StateError";
  readonly code: "NOT_LOCKED" | "OTHER_LOCK" | "NO_SUCH_VERSION" | "OTHER_STATE" | "TERRAFORM_FAILED";

  constructor(code: StateError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Breaks the lock of a state, for one whose holder is gone. The holder of the id has looked at whose it is: a lock that was taken since has another.
 *
 * @throws StateError
 */
export async function unlock(stack: Stack, id: string, states: StateStore, terraform: Terraform): Promise<void> {
  const lock = await states.lock(stack);
  if (!lock) throw new StateError("NOT_LOCKED", `The state of ${stack.name} is not locked.`);
  if (lock.ID !== id) throw new StateError("OTHER_LOCK", `The state of ${stack.name} is ${lockText(lock)}, not ${id}.`);
  await run(stack, terraform, ["force-unlock", "-force", id]);
}

/**
 * Writes an old version of a state as the newest one, by Terraform and under its lock. Nothing but the record is changed: what was made since is there
 * still, and Terraform does not know of it any more.
 *
 * @returns the new serial.
 * @throws StateError
 */
export async function restore(
  stack: Stack,
  version: string,
  states: StateStore,
  terraform: Terraform,
): Promise<number> {
  const text = await states.version(stack, version);
  if (text === undefined)
    throw new StateError("NO_SUCH_VERSION", `The state of ${stack.name} has no version ${version}.`);
  const old = JSON.parse(text) as State;
  const current = await states.read(stack);
  if (current && current.lineage !== old.lineage) {
    throw new StateError("OTHER_STATE", `Version ${version} is of another state: its lineage is ${old.lineage}.`);
  }
  const serial = (current ?? old).serial + 1; // Terraform takes none that is older, and may count on by itself
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-state-"));
  try {
    const file = join(folder, "restored.tfstate");
    writeFileSync(file, JSON.stringify({ ...old, serial }), { mode: 0o600 });
    await run(stack, terraform, ["state", "push", file]); // refused when the state was written since we read it
    return (await states.read(stack))?.serial ?? serial;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a command of Terraform's in a stack's folder.
 *
 * @returns its standard output.
 * @throws StateError
 */
export async function run(stack: Stack, terraform: Terraform, args: readonly string[]): Promise<string> {
  const initialized = await initialize(stack, terraform);
  const result = initialized.code === 0 ? await terraform.run(stack.directory, args) : initialized;
  if (result.code !== 0) throw new StateError("TERRAFORM_FAILED", errorsOf(result));
  return result.output;
}
