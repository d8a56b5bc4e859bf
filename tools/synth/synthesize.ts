import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readStacks, type Stack } from "./manifest.ts";
import { outputDirectory, ROOT } from "./settings.ts";

/** In MB. A synthesis allocates much and keeps little: with V8's own 16 it takes 200 MB and half as long again. cdktf.json has the same. */
const YOUNG = "--max-semi-space-size=1";

/** The program that describes the stacks failed; it has said why. */
export class SynthesisError extends Error {
  override readonly name = "SynthesisError";
  readonly code = "SYNTHESIS_FAILED";

  constructor() {
    super("The stacks could not be synthesized; the reason is above.");
  }
}

/**
 * Runs `main.ts`, as the cdktf CLI would, and returns the stacks. Its errors go to this process's standard error.
 *
 * @param variables choose the environment; without them the local one.
 * @param root of the repository, for another checkout of it.
 */
export async function synthesize(
  outdir: string = outputDirectory(),
  variables: Readonly<Record<string, string>> = { NV_DEMO_ENVIRONMENT: "local" },
  root: string = ROOT,
): Promise<Stack[]> {
  mkdirSync(outdir, { recursive: true }); // cdktf makes only the last folder of a path
  const code = await new Promise<number | null>((resolve, reject) => {
    const env = { ...process.env, ...variables, CDKTF_OUTDIR: outdir };
    const child = spawn(process.execPath, [...process.execArgv, YOUNG, join(root, "main.ts")], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) throw new SynthesisError();
  return readStacks(outdir);
}
