import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputDirectory } from "../paths/output-directory.ts";
import type { Stack } from "./manifest.ts";
import { synthesize } from "./synthesize.ts";

/**
 * Synthesizes the stacks into a temporary folder, so that those of a deployment are not replaced. Starts from the
 * bundles of the local deployment: those that are up to date are not built again.
 *
 * @param variables select the environment.
 * @throws SynthesisError
 */
export async function withStacks<Result>(
  variables: Readonly<Record<string, string>>,
  work: (stacks: readonly Stack[]) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-stacks-"));
  const bundles = join(outputDirectory(), "bundles");
  try {
    if (existsSync(bundles)) cpSync(bundles, join(folder, "bundles"), { recursive: true });
    return await work(await synthesize({ outdir: folder, variables }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
