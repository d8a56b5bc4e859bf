import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../command-line/errors.ts";
import type { Stack } from "../../synth/manifest.ts";
import { errorsOf, type Terraform } from "../../terraform/terraform.ts";
import { initialize } from "../deploy.ts";
import { lockText, parseState, type StateStore } from "./state-store.ts";

/** An operation on a state is not possible, or failed. */
export class StateError extends CommandError {
  override readonly name = "StateError";
  readonly code: "NOT_LOCKED" | "OTHER_LOCK" | "NO_SUCH_VERSION" | "OTHER_STATE" | "TERRAFORM_FAILED";

  constructor(code: StateError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Removes the lock of a state whose holder has terminated.
 *
 * @param id the ID of the lock to remove. A lock that was acquired later has another ID.
 * @throws StateError
 */
export async function unlock(stack: Stack, id: string, states: StateStore, terraform: Terraform): Promise<void> {
  const lock = await states.lock(stack);
  if (!lock) throw new StateError("NOT_LOCKED", `The state of ${stack.name} is not locked.`);
  if (lock.ID !== id) throw new StateError("OTHER_LOCK", `The state of ${stack.name} is ${lockText(lock)}, not ${id}.`);
  await runInStack(stack, terraform, ["force-unlock", "-force", id]);
}

/**
 * Writes an old version of a state as the newest one, with Terraform and under its lock. Only the state changes:
 * resources that were created since then still exist, and Terraform does not manage them any more.
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
  const old = parseState(text);
  const current = await states.read(stack);
  if (current && current.lineage !== old.lineage) {
    throw new StateError("OTHER_STATE", `Version ${version} is of another state: its lineage is ${old.lineage}.`);
  }
  const serial = (current ?? old).serial + 1; // Terraform refuses an older serial, and may increase it by itself.
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-state-"));
  try {
    const file = join(folder, "restored.tfstate");
    writeFileSync(file, JSON.stringify({ ...old, serial }), { mode: 0o600 });
    // Refused when the state was written after we read it.
    await runInStack(stack, terraform, ["state", "push", file]);
    return (await states.read(stack))?.serial ?? serial;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a Terraform command in the folder of a stack.
 *
 * @returns its standard output.
 * @throws StateError
 */
export async function runInStack(stack: Stack, terraform: Terraform, args: readonly string[]): Promise<string> {
  const initialized = await initialize(stack, terraform);
  const result = initialized.code === 0 ? await terraform.run(stack.directory, args) : initialized;
  if (result.code !== 0) throw new StateError("TERRAFORM_FAILED", errorsOf(result));
  return result.output;
}
