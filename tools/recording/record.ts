import { spawn } from "node:child_process";
import { once } from "node:events";
import { StringDecoder } from "node:string_decoder";
import { ROOT } from "../paths/root.ts";
import type { Frame } from "./draw-recording.ts";
import { Screen } from "./screen.ts";

export interface RecordOptions {
  /** As it is typed. */
  readonly command: string;
  readonly rows: number;
  readonly columns: number;
  readonly variables: NodeJS.ProcessEnv;
  /** Whether the screen shows that the command is ready. It is interrupted when it then does not change any more. */
  isReady(text: string): boolean;
  /** Changes what the command writes, such as paths of this machine. */
  rewrite(text: string): string;
}

/** Milliseconds between two frames. */
const INTERVAL = 500;
/** Frames without a change after which a command that is ready is interrupted. */
const UNCHANGED_FRAMES = 6;

/** A command ended before it was ready. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/**
 * Records what a command shows on a terminal until it is ready, and interrupts it.
 *
 * @throws RecordingError
 */
export async function record(options: RecordOptions): Promise<Frame[]> {
  const { command, rows, columns, variables } = options;
  const screen = new Screen({ rows, columns });
  screen.write(`$ ${command}\r\n`);
  // `script` of util-linux runs it on a pseudo terminal, whose size `stty` sets.
  const inTerminal = `stty rows ${rows} cols ${columns}; exec ${command}`;
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", inTerminal, "/dev/null"], {
    cwd: ROOT,
    env: { ...process.env, ...variables, TERM: "xterm-256color", CI: "", NO_COLOR: undefined, FORCE_COLOR: undefined },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const decoder = new StringDecoder("utf8");
  child.stdout.on("data", (chunk: Buffer) => screen.write(options.rewrite(decoder.write(chunk))));
  const ended = once(child, "close");
  const frames = await sample(screen, options, ended);
  child.stdin.write("\u0003"); // Ctrl-C
  await ended;
  return frames;
}

async function sample(screen: Screen, { command, isReady }: RecordOptions, ended: Promise<unknown>): Promise<Frame[]> {
  const started = performance.now();
  const frames: Frame[] = [{ at: 0, lines: screen.lines() }];
  const hasEnded = ended.then(() => true);
  for (let unchanged = 0; unchanged < UNCHANGED_FRAMES; ) {
    const interval = new Promise<false>((resolve) => setTimeout(() => resolve(false), INTERVAL));
    if (await Promise.race([hasEnded, interval])) throw new RecordingError(`${command} ended before it was ready.`);
    const lines = screen.lines();
    const last = frames[frames.length - 1];
    if (JSON.stringify(lines) !== JSON.stringify(last?.lines)) {
      frames.push({ at: performance.now() - started, lines });
      unchanged = 0;
    } else if (isReady(lines.map((line) => line.map(({ text }) => text).join(" ")).join("\n"))) unchanged += 1;
  }
  return frames;
}
