import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

const { sumUrl: url = "", kind, dataDirectory } = target;

const apply = (folder: string) =>
  command(
    "npm",
    ["run", "--silent", "local", "--", "terraform", `-chdir=${folder}`, "apply", "-auto-approve", "-no-color"],
    { NV_DEMO_DATA: dataDirectory },
  );

/** Requests a page repeatedly until the work is done. @returns the statuses of the responses. */
async function statusesDuring(work: Promise<unknown>): Promise<Set<number>> {
  const statuses = new Set<number>();
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) statuses.add((await fetch(`${url}/display_service`)).status);
  await done;
  return statuses;
}

it.skipIf(url === "" || kind !== "local")(
  "rolls back a deployment with a missing image without failed requests",
  async () => {
    const folder = join(dataDirectory, "cdktf.out", "stacks", "sum");
    const copy = mkdtempSync(join(tmpdir(), "rollback-"));
    try {
      cpSync(folder, copy, { recursive: true });
      const stack = join(copy, "cdk.tf.json");
      const good = readFileSync(stack, "utf8");
      const bad = good.replace("outputs.display_image}", "outputs.display_image}-missing");
      expect(bad).not.toBe(good);
      writeFileSync(stack, bad);
      const deploying = apply(copy);
      expect(await statusesDuring(deploying)).toEqual(new Set([200]));
      const { code, output } = await deploying;
      expect(code).not.toBe(0);
      expect(output).toMatch(/The circuit breaker stopped the deployment[\s\S]*CannotPullContainerError/);
    } finally {
      rmSync(copy, { recursive: true, force: true });
      const restored = await apply(folder);
      expect(restored.code, restored.output).toBe(0);
    }
    expect((await fetch(`${url}/display_service`)).status).toBe(200);
  },
);
