import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join, posix } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Processes } from "../runtime/processes.ts";

const PRELOAD = fileURLToPath(new URL("./preload.mjs", import.meta.url));

/** A program as described by an image or a systemd unit. Its paths are relative to its root. */
export interface ProgramSettings {
  /** The folder that is the root (`/`) of the program. */
  readonly root: string;
  /** `node` and its arguments: the local AWS runs no other programs. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The port on this machine by the port on which the program listens. */
  readonly ports: Readonly<Record<number, number>>;
  /** Limit in MB; undefined for the default of Node.js. */
  readonly memory?: number | undefined;
  /** Each line of its output. */
  readonly onLine: (line: string) => void;
}

/** How a program ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The program cannot be run on this machine. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
}

const HIGH_SHARE = 0.85;
const POLL_MS = 20;

/** A program of a container or of a virtual machine, as a process on this machine. */
export class Program {
  /** Resolves when the program has ended. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #exit: Exit | undefined;

  private constructor(child: ChildProcess, onLine: (line: string) => void) {
    this.#child = child;
    for (const output of [child.stdout, child.stderr]) if (output) createInterface(output).on("line", onLine);
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit) => {
        this.#exit ??= exit;
        resolve(this.#exit);
      };
      child.once("error", () => end({ code: 127, signal: null }));
      child.once("close", (code, signal) => end({ code, signal }));
    });
  }

  /** @throws ProgramError when the command is not a Node.js program. */
  static start(processes: Processes, settings: ProgramSettings): Program {
    const { root, command, ports, memory } = settings;
    const [program = "", ...args] = command;
    if (posix.basename(program) !== "node") {
      throw new ProgramError(`The local AWS runs Node.js programs, not "${command.join(" ")}".`);
    }
    const heap = memory === undefined ? [] : [`--max-old-space-size=${Math.floor(memory * HIGH_SHARE)}`];
    const child = processes.spawn(
      process.execPath,
      [...heap, "--import", PRELOAD, ...args.map((argument) => inRoot(root, argument))],
      {
        cwd: join(root, settings.workingDirectory),
        // The environment of the host is not passed on.
        env: {
          PATH: "/usr/local/bin:/usr/bin:/bin",
          TZ: "UTC",
          ...settings.environment,
          LOCAL_PROGRAM_ROOT: root,
          LOCAL_PROGRAM_PORTS: JSON.stringify(ports),
        },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true, // Ctrl-C in the terminal does not reach it; its owner stops it.
      },
    );
    return new Program(child, settings.onLine);
  }

  /** Undefined when it could not be started. */
  get processId(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#exit === undefined;
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Resolves when the port accepts connections, after `timeout` milliseconds, or when the program has ended. */
  async listens(port: number, timeout: number): Promise<void> {
    const deadline = performance.now() + timeout;
    while (this.isRunning && performance.now() < deadline && !(await accepts(port))) await wait(POLL_MS);
  }

  /** Sends SIGTERM, and SIGKILL after the grace period. */
  async stop(graceMilliseconds: number): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), graceMilliseconds);
    await this.exited;
    clearTimeout(timer);
  }
}

/** Absolute paths that exist below the root are resolved there. */
function inRoot(root: string, argument: string): string {
  const path = join(root, argument);
  return argument.startsWith("/") && existsSync(path) ? path : argument;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
