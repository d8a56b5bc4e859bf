import { randomBytes, randomUUID } from "node:crypto";
import type { Attributes, TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Ports } from "../../runtime/ports.ts";
import { Edge } from "./edge.ts";
import { distributionOf, text } from "./model.ts";
import { Policies } from "./policies.ts";
import { cloudFrontTerraform } from "./terraform.ts";

export interface CloudFrontOptions {
  readonly ports: Ports;
  readonly clock: Clock;
}

/** CloudFront: each distribution on a loopback port of its own that it keeps over restarts. What it has cached it does not. */
export class CloudFront {
  readonly terraform: TerraformParts;
  readonly #options: CloudFrontOptions;
  readonly #policies = new Policies();
  readonly #edges = new Map<string, Edge>();

  constructor(options: CloudFrontOptions) {
    this.#options = options;
    this.terraform = cloudFrontTerraform({
      policies: this.#policies,
      newId: randomId,
      newPolicyId: randomUUID,
      edge: (id) => this.#edges.get(id),
      open: (attributes) => this.#open(attributes),
      delete: (id) => this.#delete(id),
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#edges.values()].map((edge) => edge.close()));
    this.#edges.clear();
  }

  async #open(attributes: Attributes): Promise<Edge> {
    const id = text(attributes.id);
    const existing = this.#edges.get(id);
    if (existing) return existing;
    const edge = new Edge(distributionOf(attributes), this.#policies, this.#options.clock);
    this.#edges.set(id, edge);
    await edge.listen(await this.#options.ports.claim(portName(id)));
    return edge;
  }

  async #delete(id: string): Promise<void> {
    const edge = this.#edges.get(id);
    this.#edges.delete(id);
    await edge?.close();
    this.#options.ports.release(portName(id));
  }
}

function portName(id: string): string {
  return `distribution/${id}`;
}

/** As CloudFront makes ids: a letter and thirteen capital letters and digits. */
function randomId(prefix: string): string {
  return prefix + Array.from(randomBytes(13), (byte) => (byte % 36).toString(36).toUpperCase()).join("");
}
