import { type ChildProcess, type SpawnOptions, spawn as spawnProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** What Terraform says about itself, a JSON object a line, with `-json`: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
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
  /** As Terraform's: 0 done, 1 failed, 2 (of `plan -detailed-exitcode`) changes. */
  readonly code: number;
  readonly events: readonly TerraformEvent[];
  /** Lines that were not JSON, from both streams. */
  readonly text: string;
  /** Standard output as it came. */
  readonly output: string;
}

/** The answer to a command that came after {@link Terraform.stop}. */
const STOPPED: TerraformResult = { code: 1, events: [], text: "Interrupted before it began.", output: "" };

/** Opens a way to the provider for a Terraform that runs in `directory`: the variables to add to its environment. */
export type Attach = (
  directory: string,
  args: readonly string[],
) => Promise<{ variables: Readonly<Record<string, string>>; close(): void }>;

/** Against AWS Terraform brings its own provider. */
const NO_ATTACHMENT: Attach = async () => ({ variables: {}, close: () => {} });

/** Starts a process; the local deployment's keeps a list, so that what a `kill -9` leaves behind is found. */
export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/** Runs Terraform, one command at a time per directory, and reads what it says. */
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

  /** For good: interrupts what runs, and starts nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.interrupt();
  }

  /** Asks every running Terraform to stop as Ctrl-C does: it finishes what it is doing, writes its state and gives its lock back. */
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
      // a group of its own: Ctrl-C reaches it only through interrupt(), so that nothing is interrupted twice, which would abort it
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

/** The errors of a result, as a person wants to read them. */
export function errorsOf({ events, text }: TerraformResult): string {
  const errors = events
    .flatMap(({ diagnostic }) => diagnostic ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail, address }) =>
      [address ? `${address}: ${summary}` : summary, detail].filter(Boolean).join("\n"),
    );
  return errors.length > 0 ? errors.join("\n") : text;
}
