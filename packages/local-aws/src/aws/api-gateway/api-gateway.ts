import { randomBytes } from "node:crypto";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { CustomDomains } from "./custom-domains.ts";
import { HttpApi } from "./http-api.ts";
import { apiGatewayTerraform } from "./terraform.ts";

export interface ApiGatewayOptions {
  readonly ports: Ports;
  readonly lambda: LambdaInvoker;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** A new id of so many characters, as API Gateway makes them: lower case letters and digits. */
  readonly newId?: (length: number) => string;
}

/** API Gateway's HTTP APIs, each on a loopback port of its own that it keeps over restarts. */
export class ApiGateway {
  readonly terraform: TerraformParts;
  readonly domains = new CustomDomains();
  readonly #options: ApiGatewayOptions;
  readonly #apis = new Map<string, HttpApi>();

  constructor(options: ApiGatewayOptions) {
    this.#options = options;
    this.terraform = apiGatewayTerraform(this, options.newId ?? randomId);
  }

  /** @throws AwsError `NotFoundException`. */
  api(id: string): HttpApi {
    const api = this.#apis.get(id);
    if (!api) throw new AwsError("NotFoundException", `Invalid API identifier specified ${id}`, 404);
    return api;
  }

  /** The API of this id, listening. */
  async open(id: string): Promise<HttpApi> {
    const existing = this.#apis.get(id);
    if (existing) return existing;
    const { ports, lambda, logs, clock } = this.#options;
    const api = new HttpApi({ id, lambda, logs, clock, mapped: (host, path) => this.#mapped(host, path) });
    this.#apis.set(id, api);
    await api.listen(await ports.claim(portName(id)));
    return api;
  }

  /** Takes an API away for good. */
  async delete(id: string): Promise<void> {
    const api = this.#apis.get(id);
    this.#apis.delete(id);
    await api?.close();
    this.#options.ports.release(portName(id));
  }

  /** The API and stage behind a custom domain. */
  #mapped(domainName: string, path: string) {
    const found = this.domains.find(domainName, path);
    const api = found && this.#apis.get(found.mapping.apiId);
    const stage = found && api?.parts.stages.get(found.mapping.stage);
    return api && stage && { api, stage, path: found.path };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#apis.values()].map((api) => api.close()));
    this.#apis.clear();
  }
}

function portName(id: string): string {
  return `api/${id}`;
}

function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => (byte % 36).toString(36)).join("");
}
