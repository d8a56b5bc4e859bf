import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Attach } from "../tools/terraform/terraform.ts";

/** Milliseconds until a process must be ready; it takes two seconds on an idle machine. */
const START_MS = 120_000;

/** Maximum number of processes; each needs half a gigabyte of memory. */
const MAXIMUM = 8;

const ATTACHMENT = /TF_REATTACH_PROVIDERS='(.+)'/;

interface Provider {
  readonly process: ChildProcess;
  /** The working directory, which relative paths in a configuration refer to. */
  readonly directory: string;
  /** Value of `TF_REATTACH_PROVIDERS`. */
  readonly attachment: string;
}

/**
 * Processes of the real hashicorp/aws that are reused by many Terraform commands, because each takes two seconds and
 * half a gigabyte to start:
 * https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-development-overrides
 *
 * Each serves one command at a time: the provider has one configuration, so with two stacks at once one would get the
 * default tags of the other.
 */
export class ProviderPool {
  readonly #executable: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #started = new Set<ChildProcess>();
  #idle: Provider[] = [];

  /** @param environment of the processes, with the AWS endpoint and access key. */
  constructor(executable: string, environment: NodeJS.ProcessEnv) {
    this.#executable = executable;
    this.#environment = environment;
  }

  /** Attaches no provider to `init`, which installs it from the mirror and checks the version constraint. */
  readonly attach: Attach = async (directory, args) => {
    if (args[0] === "init") return { variables: {}, close: () => {} };
    const provider = this.#takeIdle(directory, args) ?? (await this.#start(directory));
    return {
      variables: { TF_REATTACH_PROVIDERS: provider.attachment },
      close: () => this.#idle.push(provider),
    };
  };

  /**
   * An idle process in this directory, or in any directory if the command reads no files. Without one, stops the oldest
   * process to make room.
   */
  #takeIdle(directory: string, args: readonly string[]): Provider | undefined {
    const sameDirectory = this.#idle.findLastIndex((provider) => provider.directory === directory);
    const index = sameDirectory < 0 && !readsFiles(directory, args) ? this.#idle.length - 1 : sameDirectory;
    if (index >= 0) return this.#idle.splice(index, 1)[0];
    if (this.#started.size >= MAXIMUM) this.#idle.shift()?.process.kill("SIGKILL");
    return undefined;
  }

  stop(): void {
    for (const child of this.#started) child.kill("SIGKILL");
  }

  #start(cwd: string): Promise<Provider> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#executable, ["-debug"], {
        cwd,
        env: this.#environment,
        stdio: ["ignore", "pipe", "ignore"],
      });
      this.#started.add(child);
      const limit = setTimeout(() => child.kill("SIGKILL"), START_MS);
      child.on("error", reject);
      child.on("exit", (code) => {
        clearTimeout(limit);
        this.#started.delete(child);
        this.#idle = this.#idle.filter((provider) => provider.process !== child);
        reject(new Error(`hashicorp/aws exited with code ${code}`));
      });
      createInterface({ input: child.stdout }).on("line", (line) => {
        const attachment = ATTACHMENT.exec(line)?.[1];
        if (attachment === undefined) return;
        clearTimeout(limit);
        resolve({ process: child, directory: cwd, attachment });
      });
    });
  }
}

/** The provider reads files, such as the zip of a function, only when it creates or updates the resource. */
function readsFiles(directory: string, args: readonly string[]): boolean {
  return args[0] === "apply" && !args.includes("-destroy") && existsSync(join(directory, "assets"));
}
