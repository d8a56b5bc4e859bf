import { type ChildProcess, type SpawnOptions, spawn as spawnProcess } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * A line of Terraform's output with `-json`: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export interface TerraformEvent {
  readonly type: string;
  readonly diagnostic?: Diagnostic;
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

export interface TerraformResult {
  /** Terraform's exit code: 0 success, 1 failure, 2 (of `plan -detailed-exitcode`) changes. */
  readonly code: number;
  readonly events: readonly TerraformEvent[];
  /** Lines that were not JSON, from both streams. */
  readonly text: string;
  /** The unchanged standard output. */
  readonly output: string;
}

/** The error of a command after {@link Terraform.stop}. */
export const NOT_STARTED = "Interrupted before it started.";
/** The result of a command after {@link Terraform.stop}. */
const STOPPED: TerraformResult = { code: 1, events: [], text: NOT_STARTED, output: "" };

/** Attaches a running provider to a Terraform that runs in `directory`. @returns variables for its environment. */
export type Attach = (
  directory: string,
  args: readonly string[],
) => Promise<{ variables: Readonly<Record<string, string>>; close(): void }>;

/** For AWS, Terraform starts its own provider. */
const NO_ATTACHMENT: Attach = async () => ({ variables: {}, close: () => {} });

/** Starts a process. The local AWS records it, to find processes that survive a `kill -9`. */
export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/** Runs Terraform, one command at a time per directory, and parses its output. */
export class Terraform {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #attach: Attach;
  readonly #spawn: Spawn;
  readonly #running = new Set<ChildProcess>();
  #stopped = false;

  constructor(environment: NodeJS.ProcessEnv, attach: Attach = NO_ATTACHMENT, spawn: Spawn = spawnProcess) {
    this.#environment = environment;
    this.#attach = attach;
    this.#spawn = spawn;
  }

  async run(
    directory: string,
    args: readonly string[],
    onEvent: (event: TerraformEvent) => void = () => {},
  ): Promise<TerraformResult> {
    if (this.#stopped) return STOPPED;
    const attachment = await this.#attach(directory, args);
    try {
      return await this.#execute(directory, args, attachment.variables, onEvent);
    } finally {
      attachment.close();
    }
  }

  /** Interrupts running commands, and starts no others. */
  stop(): void {
    if (this.#stopped) return; // A second interrupt would abort Terraform.
    this.#stopped = true;
    this.interrupt();
  }

  /**
   * Interrupts every running Terraform like Ctrl-C: it finishes its current operation, writes its state and releases
   * its lock.
   */
  interrupt(): void {
    for (const child of this.#running) child.kill("SIGINT");
  }

  #execute(
    cwd: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
    onEvent: (event: TerraformEvent) => void,
  ): Promise<TerraformResult> {
    return new Promise((resolve, reject) => {
      const env = { ...this.#environment, ...variables, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
      // In its own process group, so that Ctrl-C reaches it only through interrupt(): a second interrupt would abort
      // it.
      const child = this.#spawn("terraform", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
      this.#running.add(child);
      const events: TerraformEvent[] = [];
      const text: string[] = [];
      const output: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on("line", (line) => {
          const event = parse(line);
          if (event) {
            events.push(event);
            onEvent(event);
          } else if (line.trim() !== "") text.push(line);
        });
      }
      child.on("error", reject);
      child.on("close", (code) => {
        this.#running.delete(child);
        resolve({ code: code ?? 1, events, text: text.join("\n"), output: Buffer.concat(output).toString() });
      });
    });
  }
}

function parse(line: string): TerraformEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as TerraformEvent;
  } catch {
    return undefined;
  }
}

/** The errors of a result as text, with their addresses. */
export function errorsOf({ events, text }: TerraformResult): string {
  const errors = events
    .flatMap(({ diagnostic }) => diagnostic ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail, address }) =>
      [address ? `${address}: ${summary}` : summary, detail].filter(Boolean).join("\n"),
    );
  return errors.length > 0 ? errors.join("\n") : text;
}
