import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "../../runtime/clock.ts";
import { observe, type TrafficObserver } from "../../runtime/traffic.ts";
import type { Action } from "./action.ts";
import { isMet } from "./conditions.ts";
import { Exchange } from "./exchange.ts";
import type { Listener } from "./listener.ts";
import { type ListenerRequest, listenerRequest, rejectionStatus } from "./listener-request.ts";
import type { LoadBalancerSettings } from "./load-balancer-settings.ts";
import { balancerDimension, targetGroupDimension } from "./metric-dimensions.ts";
import { redirectResponse } from "./redirect.ts";
import { withServerHeader } from "./responses.ts";
import type { Rule } from "./rule.ts";

/** Above the limits of the load balancer, so that Node.js does not reject the request first. */
const PARSED_HEADER_BYTES = 131_072;
/** Idle connections of clients are closed after about the same time as on AWS. */
const KEEP_ALIVE_MS = 60_000;
/** Time limit for requests in flight when the load balancer is closed. */
const CLOSE_LIMIT_MS = 2_000;

/** Sends a request to a target of one of the target groups. */
export type Forward = (action: Action & { readonly type: "forward" }, exchange: Exchange) => Promise<void>;

export interface LoadBalancerOptions {
  readonly settings: LoadBalancerSettings;
  readonly clock: Clock;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
  readonly forward: Forward;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/**
 * One load balancer. Its address is that of the listener with the lowest port, as URLs omit the default port of a
 * protocol; each listener also has an address of its own. None of them supports TLS: an HTTPS listener only sets
 * `X-Forwarded-Proto`.
 */
export class LoadBalancer {
  settings: LoadBalancerSettings;
  readonly #options: LoadBalancerOptions;
  readonly #listeners = new Map<string, { listener: Listener; server: Server; port: number }>();
  readonly #rules = new Map<string, Rule>();
  readonly #server: Server;
  #port = 0;

  constructor(options: LoadBalancerOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.#server = this.#createServer(() => this.#first());
  }

  /** `127.0.0.1:<port>`, in place of the DNS name on AWS. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get listeners(): Listener[] {
    return [...this.#listeners.values()].map(({ listener }) => listener);
  }

  get rules(): Rule[] {
    return [...this.#rules.values()];
  }

  /** The address of a listener, by its configured port. */
  addressOf(configuredPort: number): string | undefined {
    if (this.#first()?.port === configuredPort) return this.address;
    const found = [...this.#listeners.values()].find(({ listener }) => listener.port === configuredPort);
    return found && `127.0.0.1:${found.port}`;
  }

  async listen(port: number): Promise<void> {
    await listen(this.#server, port);
    this.#port = port;
  }

  /** @param claim reserves a free port; called for a new listener. */
  async putListener(listener: Listener, claim: () => Promise<number>): Promise<void> {
    const existing = this.#listeners.get(listener.arn);
    if (existing) {
      existing.listener = listener;
      return;
    }
    const port = await claim();
    const server = this.#createServer(() => this.#listeners.get(listener.arn)?.listener);
    await listen(server, port);
    this.#listeners.set(listener.arn, { listener, server, port });
  }

  async deleteListener(arn: string): Promise<void> {
    const existing = this.#listeners.get(arn);
    this.#listeners.delete(arn);
    if (existing) await close(existing.server);
  }

  putRule(rule: Rule): void {
    this.#rules.set(rule.arn, rule);
  }

  deleteRule(arn: string): void {
    this.#rules.delete(arn);
  }

  /** Stops after the requests in flight, within a time limit. */
  async close(): Promise<void> {
    const servers = [this.#server, ...[...this.#listeners.values()].map(({ server }) => server)];
    await Promise.all(servers.map(close));
  }

  #first(): Listener | undefined {
    return this.listeners.toSorted((one, other) => one.port - other.port)[0];
  }

  #createServer(listenerOf: () => Listener | undefined): Server {
    const server = createServer(
      { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: PARSED_HEADER_BYTES, requireHostHeader: false },
      (message, response) => {
        const listener = listenerOf();
        if (listener) void this.#serve(listener, message, response);
        else response.destroy(); // No listener, no response.
      },
    );
    server.requestTimeout = 0; // Uploads have no time limit.
    return server;
  }

  async #serve(listener: Listener, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, onRequest } = this.#options;
    const request = listenerRequest(message, this.settings, listener, clock.now());
    const idleTimeout = this.settings.idleTimeout * this.#options.second;
    const exchange = new Exchange(request, response, idleTimeout, listener.responseHeaders);
    observe(message, response, clock, onRequest, () => ({
      entrance: "load-balancer",
      name: this.settings.name,
      dimensions: {
        LoadBalancer: balancerDimension(this.settings.arn),
        ...(exchange.targetGroupArn !== undefined && { TargetGroup: targetGroupDimension(exchange.targetGroupArn) }),
      },
      servedBy: exchange.servedBy,
      isFailure: exchange.hasFailed,
    }));
    message.socket.setTimeout(idleTimeout + CLOSE_LIMIT_MS); // An idle target is detected, and responded to, first.
    try {
      const rejection = rejectionStatus(request);
      if (rejection !== undefined) exchange.fail(rejection);
      else await this.#perform(this.#actionFor(listener, request), listener, exchange);
    } catch (error) {
      console.error(error);
      exchange.fail(500);
    }
    message.resume(); // Unread data would block the next request of the connection.
  }

  #actionFor(listener: Listener, request: ListenerRequest): Action {
    const rule = this.rules
      .filter(({ listenerArn }) => listenerArn === listener.arn)
      .toSorted((one, other) => one.priority - other.priority)
      .find(({ conditions }) => conditions.every((condition) => isMet(condition, request)));
    return rule?.action ?? listener.defaultAction;
  }

  async #perform(action: Action, listener: Listener, exchange: Exchange): Promise<void> {
    switch (action.type) {
      case "forward":
        return this.#options.forward(action, exchange);
      case "fixed-response":
        return exchange.send(withServerHeader(action.status, action.contentType, action.body));
      case "redirect": {
        const localOrigin = (port: number) => {
          const address = this.addressOf(port);
          return address && `http://${address}`;
        };
        return exchange.send(redirectResponse(action, exchange.request, listener, localOrigin));
      }
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS);
  await closed;
  clearTimeout(timer);
}
