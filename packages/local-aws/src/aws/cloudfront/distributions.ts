import type { Clock } from "../../runtime/clock.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { Distribution } from "./distribution.ts";
import { Edge } from "./edge.ts";
import type { Policies } from "./policies.ts";

export interface DistributionsOptions {
  readonly ports: Ports;
  readonly clock: Clock;
  readonly policies: Policies;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/** All distributions, each with an edge that serves it. */
export class Distributions {
  readonly #options: DistributionsOptions;
  readonly #edges = new Map<string, Edge>();

  constructor(options: DistributionsOptions) {
    this.#options = options;
  }

  find(id: string): Edge | undefined {
    return this.#edges.get(id);
  }

  /** Starts to serve a distribution, or changes its configuration if it is served. */
  async open(distribution: Distribution): Promise<Edge> {
    const existing = this.#edges.get(distribution.id);
    if (existing) {
      existing.distribution = distribution;
      return existing;
    }
    const { ports, ...options } = this.#options;
    const edge = new Edge(distribution, options);
    this.#edges.set(distribution.id, edge);
    await edge.listen(await ports.claim(portName(distribution.id)));
    return edge;
  }

  async delete(id: string): Promise<void> {
    const edge = this.#edges.get(id);
    this.#edges.delete(id);
    await edge?.close();
    this.#options.ports.release(portName(id));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#edges.values()].map((edge) => edge.close()));
    this.#edges.clear();
  }
}

function portName(id: string): string {
  return `distribution/${id}`;
}
