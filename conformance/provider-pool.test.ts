import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProviderPool } from "./provider-pool.ts";

let folder: string;
let pool: ProviderPool;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-pool-"));
  const executable = join(folder, "provider");
  writeFileSync(executable, `#!/bin/sh\necho "export TF_REATTACH_PROVIDERS='$$ in $PWD'"\nexec sleep 60\n`, {
    mode: 0o755,
  });
  for (const stack of ["vpc", "shout"]) mkdirSync(join(folder, stack));
  mkdirSync(join(folder, "shout", "assets"));
  pool = new ProviderPool(executable, {});
});
afterEach(() => {
  pool.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Attaches a provider as for a Terraform command in the folder of a stack. */
async function attach(stack: string, ...args: string[]) {
  const { variables, close } = await pool.attach(join(folder, stack), args);
  return { provider: variables.TF_REATTACH_PROVIDERS, close };
}

it("attaches no provider to terraform init", async () => {
  expect((await attach("vpc", "init")).provider).toBeUndefined();
});

it("uses a provider for one command at a time", async () => {
  const first = await attach("vpc", "plan");
  const second = await attach("vpc", "plan");
  expect(second.provider).not.toBe(first.provider);
  first.close();
  second.close();
  expect([first.provider, second.provider]).toContain((await attach("vpc", "plan")).provider);
});

it("reuses any idle provider for a command that reads no files, otherwise one started in the same folder", async () => {
  const first = await attach("vpc", "apply");
  first.close();
  const planned = await attach("shout", "plan");
  expect(planned.provider).toBe(first.provider);
  planned.close();
  const applied = await attach("shout", "apply", "-json");
  expect(applied.provider).toContain(join(folder, "shout"));
  applied.close();
  const destroyed = await attach("shout", "apply", "-json", "-destroy");
  expect(destroyed.provider).toBe(applied.provider);
});
