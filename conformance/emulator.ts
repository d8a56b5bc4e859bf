import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Turnstile } from "./turnstile.ts";

/** How long the emulator may take until it listens; it loads some hundred Python modules. */
const START_MS = 60_000;

/** By which it says on its standard error that it does. */
const LISTENING = /Running on http:\/\/127\.0\.0\.1:(\d+)/;

/** An AWS account that is empty and imagined: a process of moto server, on free ports of the loopback interface. */
export class Emulator {
  /** Number of the account that moto pretends to be. */
  static readonly accountId = "123456789012";
  /** Any key will do: moto knows no identities. */
  readonly accessKey = { accessKeyId: "conformance", secretAccessKey: "conformance" };

  readonly endpoint: string;
  readonly #process: ChildProcess;
  readonly #turnstile: Turnstile;

  private constructor(process: ChildProcess, turnstile: Turnstile) {
    this.#process = process;
    this.#turnstile = turnstile;
    this.endpoint = `http://127.0.0.1:${turnstile.port}`;
  }

  /** @throws Error when it does not come up. */
  static async start(): Promise<Emulator> {
    const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true", // AWS has its own policies in every account
        MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
        MOTO_ACM_VALIDATION_WAIT: "0", // seconds until a certificate is issued
        MOTO_ECS_SERVICE_RUNNING: "1", // copies that run of each service, whatever is wanted; the stacks want one
      },
    });
    try {
      const emulator = new Emulator(child, await Turnstile.start(await portOf(child)));
      await emulator.#runNoFunctions();
      return emulator;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  stop(): void {
    this.#turnstile.stop();
    this.#process.kill();
  }

  /** There is no Docker to run functions in: an invocation of one only succeeds. */
  async #runNoFunctions(): Promise<void> {
    const body = JSON.stringify({ lambda: { use_docker: false } });
    await fetch(`${this.endpoint}/moto-api/config`, { method: "POST", body });
  }
}

/** The port that it has chosen. Everything that it says is read, for ever: it logs each request, and must not block on it. */
function portOf(emulator: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("moto_server does not come up")), START_MS);
    emulator.on("error", reject);
    emulator.on("exit", (code) => reject(new Error(`moto_server ended with ${code}`)));
    if (!emulator.stderr) throw new Error("moto_server has no standard error to read");
    createInterface({ input: emulator.stderr }).on("line", (line) => {
      const port = LISTENING.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(Number(port));
    });
  });
}
