import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-line/errors.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { ROOT } from "../paths/root.ts";
import { readStacks, type Stack } from "./manifest.ts";

/**
 * Size of V8's young generation in MB. A synthesis allocates much and keeps little: with V8's default of 16 it needs
 * 200 MB and takes half as long again. cdktf.json has the same option.
 */
const SMALL_YOUNG_GENERATION = "--max-semi-space-size=1";

/** `main.ts` failed, and printed the reason. */
export class SynthesisError extends CommandError {
  override readonly name = "SynthesisError";
  readonly code = "SYNTHESIS_FAILED";

  constructor() {
    super("The stacks could not be synthesized; the reason is printed above.");
  }
}

/**
 * Runs `main.ts` as the cdktf CLI does, and returns the stacks. Its errors go to the standard error of this process.
 *
 * @param variables select the environment; default: the local one.
 * @param root root folder of the repository or of another checkout of it.
 */
export async function synthesize(
  outdir: string = outputDirectory(),
  variables: Readonly<Record<string, string>> = { NV_DEMO_ENVIRONMENT: "local" },
  root: string = ROOT,
): Promise<Stack[]> {
  mkdirSync(outdir, { recursive: true }); // cdktf creates only the last folder of a path.
  const code = await new Promise<number | null>((resolve, reject) => {
    const env = { ...process.env, ...variables, CDKTF_OUTDIR: outdir };
    const child = spawn(process.execPath, [...process.execArgv, SMALL_YOUNG_GENERATION, join(root, "main.ts")], {
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
