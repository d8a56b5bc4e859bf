import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { SerializingProxy } from "./serializing-proxy.ts";

/** Milliseconds until the emulator must listen; it loads several hundred Python modules. */
const START_MS = 60_000;

/** The line on standard error that the emulator prints when it listens. */
const LISTENING = /Running on http:\/\/127\.0\.0\.1:(\d+)/;

/** A moto server with an empty AWS account, on a free port of the loopback interface. */
export class Emulator {
  /** The account ID that moto uses. */
  static readonly accountId = "123456789012";
  /** moto accepts any access key. */
  readonly accessKey = { accessKeyId: "conformance", secretAccessKey: "conformance" };

  readonly endpoint: string;
  readonly #process: ChildProcess;
  readonly #proxy: SerializingProxy;

  private constructor(process: ChildProcess, proxy: SerializingProxy) {
    this.#process = process;
    this.#proxy = proxy;
    this.endpoint = `http://127.0.0.1:${proxy.port}`;
  }

  /** @throws Error if it does not start. */
  static async start(): Promise<Emulator> {
    const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true", // Every account has the AWS managed policies.
        MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
        MOTO_ACM_VALIDATION_WAIT: "0", // Seconds until a certificate is issued.
        MOTO_ECS_SERVICE_RUNNING: "1", // Running tasks per service, whatever its desired count; the stacks use 1.
      },
    });
    try {
      const emulator = new Emulator(child, await SerializingProxy.start(await portOf(child)));
      await emulator.#disableLambdaContainers();
      return emulator;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  stop(): void {
    this.#proxy.stop();
    this.#process.kill();
  }

  /** Without Docker, moto runs no functions: an invocation always succeeds. */
  async #disableLambdaContainers(): Promise<void> {
    const body = JSON.stringify({ lambda: { use_docker: false } });
    await fetch(`${this.endpoint}/moto-api/config`, { method: "POST", body });
  }
}

/**
 * The port that moto listens on. Its standard error is read to the end: it logs every request there and would block on
 * a full pipe.
 */
function portOf(emulator: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("moto_server did not start")), START_MS);
    emulator.on("error", reject);
    emulator.on("exit", (code) => reject(new Error(`moto_server exited with code ${code}`)));
    if (!emulator.stderr) throw new Error("moto_server was started without a pipe for standard error");
    createInterface({ input: emulator.stderr }).on("line", (line) => {
      const port = LISTENING.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(Number(port));
    });
  });
}
