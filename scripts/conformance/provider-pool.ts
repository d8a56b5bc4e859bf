import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Attach } from "../deployment/terraform.ts";

/** How long a process may take until it serves: two seconds, on a machine that has nothing else to do. */
const START_MS = 120_000;

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
  readonly #idle: Provider[] = [];

  /** @param environment of the processes; the AWS endpoint and key are read from it. */
  constructor(executable: string, environment: NodeJS.ProcessEnv) {
    this.#executable = executable;
    this.#environment = environment;
  }

  /** `init` is left alone: it installs the provider from the mirror, as it would from the registry, and checks the constraint on its version. */
  readonly attach: Attach = async (directory, [command]) => {
    if (command === "init") return { variables: {}, close: () => {} };
    const provider = this.#takeIdle(directory) ?? (await this.#start(directory));
    return {
      variables: { TF_REATTACH_PROVIDERS: provider.attachment },
      close: () => this.#idle.push(provider),
    };
  };

  /** The one that is at home in the directory. If there is none, another makes way for it. */
  #takeIdle(directory: string): Provider | undefined {
    const index = this.#idle.findIndex((provider) => provider.directory === directory);
    if (index >= 0) return this.#idle.splice(index, 1)[0];
    this.#idle.shift()?.process.kill("SIGKILL");
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
