import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { CustomDomains } from "./custom-domains.ts";
import { HttpApi, type MappedStage } from "./http-api.ts";

export interface HttpApisOptions {
  readonly ports: Ports;
  readonly lambda: LambdaInvoker;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/** All HTTP APIs, and the custom domains that map to them. */
export class HttpApis {
  readonly domains = new CustomDomains();
  readonly #options: HttpApisOptions;
  readonly #apis = new Map<string, HttpApi>();

  constructor(options: HttpApisOptions) {
    this.#options = options;
  }

  /** @throws AwsError `NotFoundException`. */
  get(id: string): HttpApi {
    const api = this.#apis.get(id);
    if (!api) throw new AwsError("NotFoundException", `Invalid API identifier specified ${id}`, 404);
    return api;
  }

  /** The API with this ID; a new one listens on a port of its own. */
  async open(id: string): Promise<HttpApi> {
    const existing = this.#apis.get(id);
    if (existing) return existing;
    const { ports, ...options } = this.#options;
    const findMappedStage = (domainName: string, path: string) => this.#findMappedStage(domainName, path);
    const api = new HttpApi({ ...options, id, findMappedStage });
    this.#apis.set(id, api);
    await api.listen(await ports.claim(portName(id)));
    return api;
  }

  /** Closes an API and releases its port. */
  async delete(id: string): Promise<void> {
    const api = this.#apis.get(id);
    this.#apis.delete(id);
    await api?.close();
    this.#options.ports.release(portName(id));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#apis.values()].map((api) => api.close()));
    this.#apis.clear();
  }

  /** The API and stage to which a custom domain maps a path. */
  #findMappedStage(domainName: string, path: string): MappedStage | undefined {
    const found = this.domains.find(domainName, path);
    const api = found && this.#apis.get(found.mapping.apiId);
    const stage = found && api?.configuration.stages.get(found.mapping.stage);
    return api && stage && { api, stage, path: found.path };
  }
}

function portName(id: string): string {
  return `api/${id}`;
}
