import { type ChildProcess, spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { interruption } from "../command-line/interruption.ts";
import { ROOT } from "../paths/root.ts";

/** Larger than the output of any program. */
const BUFFER_BYTES = 1 << 24;

/**
 * Runs a command in the repository. An interruption of this command ends it.
 *
 * @returns its exit code; 1 when it cannot be started.
 * @throws InterruptedError
 */
export async function run(
  command: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<number> {
  const code = await exitCode(
    spawn(command, args, { cwd: ROOT, env: { ...process.env, ...variables }, stdio: "inherit" }),
  );
  interruption().throwIfAborted();
  return code;
}

export interface BackgroundProgram {
  /** The exit code. */
  readonly ended: Promise<number>;
  /** The output of both streams, buffered until it is read. */
  readonly output: AsyncIterable<Uint8Array>;
}

/** Starts one of our programs in the background. It ends with this process, or when this command is interrupted. */
export function startInBackground(program: string, variables: NodeJS.ProcessEnv): BackgroundProgram {
  const output = new PassThrough({ highWaterMark: BUFFER_BYTES });
  const child = spawn(process.execPath, [...process.execArgv, program], {
    cwd: ROOT,
    env: { ...process.env, ...variables },
    // The channel closes when this process terminates; the program then ends too.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.pipe(output, { end: false });
  return { ended: exitCode(child).finally(() => output.end()), output };
}

function exitCode(child: ChildProcess): Promise<number> {
  const interrupted = interruption();
  const stop = () => child.kill("SIGTERM");
  interrupted.addEventListener("abort", stop);
  return new Promise<number>((resolve) => {
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  }).finally(() => interrupted.removeEventListener("abort", stop));
}
