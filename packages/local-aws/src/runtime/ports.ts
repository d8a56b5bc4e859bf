import { createServer } from "node:net";
import { Journal } from "./journal.ts";

/**
 * Gives each named listener a free port on the loopback interface and the same one at the next start, if it is still free: addresses that
 * were printed, bookmarked or signed stay right across restarts.
 */
export class Ports {
  readonly #journal: Journal<number>;
  readonly #given = new Set<number>();

  constructor(path: string) {
    this.#journal = new Journal(path);
  }

  /** The port for `name`. It is free at the time of the call; the caller listens on it at once. */
  async claim(name: string): Promise<number> {
    const previous = this.#journal.get(name);
    const port =
      previous !== undefined && !this.#given.has(previous) && (await isFree(previous))
        ? previous
        : await this.#freePort();
    this.#given.add(port);
    if (port !== previous) this.#journal.set(name, port);
    return port;
  }

  /** Forgets a name whose resource is gone. */
  release(name: string): void {
    const port = this.#journal.get(name);
    if (port !== undefined) this.#given.delete(port);
    this.#journal.delete(name);
  }

  close(): void {
    this.#journal.close();
  }

  async #freePort(): Promise<number> {
    const reserved = new Set(this.#journal.values());
    for (;;) {
      const port = await listenOnce(0);
      if (port !== undefined && !reserved.has(port) && !this.#given.has(port)) return port;
    }
  }
}

/** Whether a listener could take the port on the loopback interface now. */
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
