import { spawn } from "node:child_process";
import { join } from "node:path";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { CommandError } from "../command-line/errors.ts";
import { interruption } from "../command-line/interruption.ts";
import { createOutputFolder } from "../command-line/output-path.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { ROOT } from "../paths/root.ts";
import { readStacks, type Stack } from "./manifest.ts";

/**
 * Size of V8's young generation in MB. A synthesis allocates much and keeps little: with V8's default of 16 it needs
 * 200 MB and takes half as long again. cdktf.json has the same option.
 */
const SMALL_YOUNG_GENERATION = "--max-semi-space-size=1";

/** What `main.ts` tells over the IPC channel, where there is one: how many of its services or stacks are done. */
export interface SynthesisProgress {
  readonly phase: "bundle" | "synthesize";
  readonly done: number;
  readonly total: number;
}

/** `main.ts` failed. */
export class SynthesisError extends CommandError {
  override readonly name = "SynthesisError";
  readonly code = "SYNTHESIS_FAILED";

  /** @param reason what `main.ts` printed. */
  constructor(reason: string) {
    super(`${reason.trimEnd()}\nThe stacks could not be synthesized; the reason is printed above.`.trimStart());
  }
}

export interface SynthesizeOptions {
  /** The folder that is synthesized to; default: that of the local deployment. */
  readonly outdir?: string;
  /** Select the environment; default: the local one. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Root folder of the repository or of another checkout of it. */
  readonly root?: string;
  /** Ends the synthesis, like an interruption of this command. */
  readonly signal?: AbortSignal;
  /** Receives the progress of `main.ts`. */
  readonly onProgress?: (progress: SynthesisProgress) => void;
}

/**
 * Runs `main.ts` as the cdktf CLI does, and returns the stacks. Its errors go to the standard error of this process.
 * An interruption of this command ends it.
 *
 * @throws SynthesisError, InterruptedError, EnvironmentError, OutputPathError
 */
export async function synthesize({
  outdir = outputDirectory(),
  variables = { NV_DEMO_ENVIRONMENT: "local" },
  root = ROOT,
  signal,
  onProgress = () => {},
}: SynthesizeOptions = {}): Promise<Stack[]> {
  const interrupted = signal ? AbortSignal.any([interruption(), signal]) : interruption();
  interrupted.throwIfAborted();
  readEnvironment({ ...process.env, ...variables }); // main.ts would print its error with a stack trace.
  createOutputFolder(outdir); // cdktf creates only the last folder of a path.
  const { code, errors } = await new Promise<{ code: number | null; errors: string }>((resolve, reject) => {
    const env = { ...process.env, ...variables, CDKTF_OUTDIR: outdir };
    const child = spawn(process.execPath, [...process.execArgv, SMALL_YOUNG_GENERATION, join(root, "main.ts")], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const stop = () => child.kill();
    interrupted.addEventListener("abort", stop);
    const text: Buffer[] = [];
    child.stderr?.on("data", (chunk: Buffer) => text.push(chunk));
    child.on("message", (message) => onProgress(message as SynthesisProgress));
    child.on("error", reject);
    child.on("close", (exitCode) => {
      interrupted.removeEventListener("abort", stop);
      resolve({ code: exitCode, errors: Buffer.concat(text).toString() });
    });
  });
  interrupted.throwIfAborted();
  if (code !== 0) throw new SynthesisError(errors);
  if (errors !== "") process.stderr.write(errors);
  return readStacks(outdir);
}
