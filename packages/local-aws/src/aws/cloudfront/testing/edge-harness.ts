import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { Ports } from "../../../runtime/ports.ts";
import type { ServedRequest } from "../../../runtime/traffic.ts";
import { CloudFront } from "../cloudfront.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** CloudFront with an origin whose responses tests define, and a clock that they set. */
export class EdgeHarness {
  /** Handles the requests to the origin. */
  origin: Listener = (_, response) => response.end("ok");
  /** Requests that the origin received. */
  readonly originRequests: IncomingMessage[] = [];
  /** What the observer was told. */
  readonly requests: ServedRequest[] = [];
  now = Date.parse("2026-11-21T10:00:00Z");
  readonly #directory = mkdtempSync(join(tmpdir(), "local-aws-edge-"));
  readonly #ports = new Ports(join(this.#directory, "ports.jsonl"));
  readonly cloudFront = new CloudFront({
    ports: this.#ports,
    clock: { now: () => this.now },
    onRequest: (request) => this.requests.push(request),
  });
  readonly resources = new ManagedResources(this.cloudFront.terraform);
  #deployments = 0;
  readonly #origin = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    this.originRequests.push(request);
    this.origin(request, response);
  });

  /**
   * Starts the origin.
   *
   * @returns its `host:port`.
   */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#origin.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#origin.address() as AddressInfo).port}`;
  }

  /**
   * Creates a cache policy and a distribution that uses it.
   *
   * @returns the URL of the distribution.
   */
  async deploy(origin: string, { policy = {}, behavior = {}, distribution = {} }: Overrides = {}): Promise<string> {
    const selection = { headers_config: [], cookies_config: [], query_strings_config: [] };
    this.#deployments += 1;
    const { id } = await this.resources.apply("aws_cloudfront_cache_policy", {
      name: `policy-${this.#deployments}`,
      min_ttl: 0,
      default_ttl: 60,
      max_ttl: 3600,
      parameters_in_cache_key_and_forwarded_to_origin: [{ ...selection }],
      ...policy,
    });
    const { domain_name } = await this.resources.apply("aws_cloudfront_distribution", {
      enabled: true,
      origin: [{ origin_id: "o", domain_name: origin, origin_path: "/stage", custom_origin_config: [{}] }],
      default_cache_behavior: [
        { target_origin_id: "o", cache_policy_id: id, allowed_methods: ["GET", "HEAD", "PUT"], ...behavior },
      ],
      ...distribution,
    });
    return `http://${domain_name}`;
  }

  async stopOrigin(): Promise<void> {
    const closed = new Promise((resolve) => this.#origin.close(resolve));
    this.#origin.closeAllConnections();
    await closed;
  }

  async close(): Promise<void> {
    await this.cloudFront.close();
    await this.stopOrigin();
    this.resources.close();
    this.#ports.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

interface Overrides {
  readonly policy?: Attributes;
  readonly behavior?: Attributes;
  readonly distribution?: Attributes;
}
