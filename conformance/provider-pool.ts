import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Attach } from "../tools/deploy/terraform.ts";

/** How long a process may take until it serves: two seconds, on a machine that has nothing else to do. */
const START_MS = 120_000;

/** Processes that are kept, at half a gigabyte each. */
const KEPT = 8;

const ATTACHMENT = /TF_REATTACH_PROVIDERS='(.+)'/;

interface Provider {
  readonly process: ChildProcess;
  /** Against which it reads relative paths, as Terraform means them. */
  readonly directory: string;
  /** Value of `TF_REATTACH_PROVIDERS`. */
  readonly attachment: string;
}

/**
 * Processes of the real hashicorp/aws that outlive the Terraform commands which use them, because each takes two seconds and half a gigabyte to start:
 * https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-development-overrides
 *
 * Each serves one command at a time: the provider keeps one configuration, so of two stacks at once one would get the other's tags.
 */
export class ProviderPool {
  readonly #executable: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #started = new Set<ChildProcess>();
  #idle: Provider[] = [];

  /** @param environment of the processes; the AWS endpoint and key are read from it. */
  constructor(executable: string, environment: NodeJS.ProcessEnv) {
    this.#executable = executable;
    this.#environment = environment;
  }

  /** `init` is left alone: it installs the provider from the mirror, as it would from the registry, and checks the constraint on its version. */
  readonly attach: Attach = async (directory, args) => {
    if (args[0] === "init") return { variables: {}, close: () => {} };
    const provider = this.#takeIdle(directory, args) ?? (await this.#start(directory));
    return {
      variables: { TF_REATTACH_PROVIDERS: provider.attachment },
      close: () => this.#idle.push(provider),
    };
  };

  /** The last one that is at home in the directory, or any other where no file is read. If none will do, the oldest makes way. */
  #takeIdle(directory: string, args: readonly string[]): Provider | undefined {
    const home = this.#idle.findLastIndex((provider) => provider.directory === directory);
    const index = home < 0 && !readsFiles(directory, args) ? this.#idle.length - 1 : home;
    if (index >= 0) return this.#idle.splice(index, 1)[0];
    if (this.#started.size >= KEPT) this.#idle.shift()?.process.kill("SIGKILL");
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
        reject(new Error(`the provider ended with ${code}`));
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

/** Only what is made of a file, such as a function, has it read, and only when it is made. */
function readsFiles(directory: string, args: readonly string[]): boolean {
  return args[0] === "apply" && !args.includes("-destroy") && existsSync(join(directory, "assets"));
}
