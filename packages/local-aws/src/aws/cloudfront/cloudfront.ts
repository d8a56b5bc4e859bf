import { randomBytes, randomUUID } from "node:crypto";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import { Distributions } from "./distributions.ts";
import { Policies } from "./policies.ts";
import { cloudFrontTerraform } from "./terraform/index.ts";

export interface CloudFrontOptions {
  readonly ports: Ports;
  readonly clock: Clock;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/**
 * CloudFront distributions, each on a loopback port of its own, which it keeps across restarts. The caches are in
 * memory.
 */
export class CloudFront {
  readonly terraform: TerraformParts;
  readonly #distributions: Distributions;

  constructor(options: CloudFrontOptions) {
    const policies = new Policies();
    this.#distributions = new Distributions({ ...options, policies });
    this.terraform = cloudFrontTerraform({
      distributions: this.#distributions,
      policies,
      newId: randomId,
      newPolicyId: randomUUID,
    });
  }

  close(): Promise<void> {
    return this.#distributions.close();
  }
}

/** An ID in the format of CloudFront: the prefix and 13 capital letters and digits. */
function randomId(prefix: string): string {
  return prefix + Array.from(randomBytes(13), (byte) => (byte % 36).toString(36).toUpperCase()).join("");
}
