import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "./target.ts";

/** Injects faults into a local deployment. */
export class Faults {
  readonly #target: Target;
  readonly #begun = new Set<string>();

  constructor(target: Target) {
    this.#target = target;
  }

  async begin(name: string): Promise<void> {
    await this.#send("PUT", name);
    this.#begun.add(name);
  }

  async end(name: string): Promise<void> {
    await this.#send("DELETE", name);
    this.#begun.delete(name);
  }

  /** Ends the faults that a failed test has not ended. Call after each test. */
  async endAll(): Promise<void> {
    for (const name of this.#begun) await this.end(name);
  }

  async #send(method: "PUT" | "DELETE", name: string): Promise<void> {
    const { port, token } = JSON.parse(readFileSync(join(this.#target.dataDirectory, "instance.json"), "utf8"));
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`http://127.0.0.1:${port}/_local/faults/${name}`, { method, headers });
    if (!response.ok) throw new Error(`The local AWS rejected the fault ${name}: ${await response.text()}`);
  }
}
