import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { awsVariables } from "../local/settings.ts";

/** How long the emulator may take to answer its first request; it loads some hundred Python modules. */
const START_MS = 60_000;

/** An AWS account that is empty and imagined: a process of moto server, on a free port of the loopback interface. */
export class Emulator {
  /** Number of the account that moto pretends to be. */
  static readonly accountId = "123456789012";
  /** Any key will do: moto knows no identities. */
  static readonly accessKey = { accessKeyId: "conformance", secretAccessKey: "conformance" };

  /** Leads Terraform's backend, the provider and every SDK to the emulator. */
  readonly variables: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, endpoint: string) {
    this.#process = process;
    this.endpoint = endpoint;
    this.variables = awsVariables(endpoint, Emulator.accessKey);
  }

  /** @throws Error when it does not come up. */
  static async start(): Promise<Emulator> {
    const port = await freePort();
    const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
      stdio: "ignore",
      env: {
        ...process.env,
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true", // AWS has its own policies in every account
        MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
      },
    });
    const emulator = new Emulator(child, `http://127.0.0.1:${port}`);
    try {
      await emulator.#ready();
      return emulator;
    } catch (error) {
      emulator.stop();
      throw error;
    }
  }

  stop(): void {
    this.#process.kill();
  }

  /** Waits until it answers, and tells it that there is no Docker to run functions in: an invocation of one only succeeds. */
  async #ready(): Promise<void> {
    let failure: Error | undefined;
    this.#process.on("error", (error) => {
      failure = error;
    });
    const deadline = performance.now() + START_MS;
    for (;;) {
      if (failure) throw failure;
      if (this.#process.exitCode !== null) throw new Error(`moto_server ended with ${this.#process.exitCode}`);
      try {
        const body = JSON.stringify({ lambda: { use_docker: false } });
        await fetch(`${this.endpoint}/moto-api/config`, { method: "POST", body });
        return;
      } catch (error) {
        if (performance.now() > deadline) throw new Error("moto_server does not answer", { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no free port")),
      );
    });
  });
}
