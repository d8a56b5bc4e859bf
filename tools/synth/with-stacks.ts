import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "./manifest.ts";
import { outputDirectory } from "./settings.ts";
import { synthesize } from "./synthesize.ts";

/**
 * Synthesizes the stacks into a folder that is gone afterwards, so that a deployment's own is left as it is. Bundles that lie there are used as far as they
 * are up to date, which saves most of the time.
 *
 * @param variables choose the environment.
 * @throws SynthesisError
 */
export async function withStacks<Result>(
  variables: Readonly<Record<string, string>>,
  use: (stacks: readonly Stack[]) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-stacks-"));
  const bundles = join(outputDirectory(), "bundles");
  try {
    if (existsSync(bundles)) cpSync(bundles, join(folder, "bundles"), { recursive: true });
    return await use(await synthesize(folder, variables));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
