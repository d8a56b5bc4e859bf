import { createServer } from "node:net";
import { AwsError } from "./error.ts";
import { Journal } from "./journal.ts";

/**
 * Assigns each named listener a free port on the loopback interface, and the same port at the next start if it is still
 * free, so that printed, bookmarked and signed addresses stay valid across restarts.
 */
export class Ports {
  readonly #journal: Journal<number>;
  readonly #assigned = new Set<number>();

  constructor(path: string) {
    this.#journal = new Journal(path);
  }

  /** The port for `name`. It is free at the time of the call; the caller must listen on it immediately. */
  async claim(name: string): Promise<number> {
    const previous = this.#journal.get(name);
    const port =
      previous !== undefined && !this.#assigned.has(previous) && (await isFree(previous))
        ? previous
        : await this.#freePort();
    this.#assigned.add(port);
    if (port !== previous) this.#journal.set(name, port);
    return port;
  }

  /** Releases the port of a name whose resource no longer exists. */
  release(name: string): void {
    const port = this.#journal.get(name);
    if (port !== undefined) this.#assigned.delete(port);
    this.#journal.delete(name);
  }

  close(): void {
    this.#journal.close();
  }

  async #freePort(): Promise<number> {
    const reserved = new Set(this.#journal.values());
    for (;;) {
      const port = await listenOnce(0);
      if (port !== undefined && !reserved.has(port) && !this.#assigned.has(port)) return port;
    }
  }
}

/**
 * Returns the configured port, or claims a free one if none is configured.
 *
 * @param resource whose argument `port` is configured, for the message.
 * @throws AwsError `InvalidParameterValue` when the configured port is in use.
 */
export async function choosePort(configured: unknown, resource: string, claim: () => Promise<number>): Promise<number> {
  if (typeof configured !== "number") return claim();
  if (await isFree(configured)) return configured;
  throw new AwsError(
    "InvalidParameterValue",
    `Another program uses port ${configured} of 127.0.0.1. Stop it, or remove "port" from ${resource} so that a free port is chosen.`,
  );
}

/** Whether the port on the loopback interface is free now. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
