import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { withServer } from "./answers.ts";
import { holds } from "./conditions.ts";
import { Exchange } from "./exchange.ts";
import { type ListenerRequest, listenerRequest, refusal } from "./listener-request.ts";
import type { Action, Listener, LoadBalancerSettings, Rule } from "./model.ts";
import { redirectAnswer } from "./redirect.ts";

/** Above the load balancer's own limits, so that its refusal is ours to write. */
const PARSED_HEADER_BYTES = 131_072;
/** An idle connection of a client is kept about as long as AWS keeps it. */
const KEEP_ALIVE_MS = 60_000;
/** How long requests under way may take when it is closed. */
const CLOSE_LIMIT_MS = 2_000;

/** Sends a request to a target of one of the groups. */
export type Forward = (action: Action & { readonly type: "forward" }, exchange: Exchange) => Promise<void>;

export interface LoadBalancerOptions {
  readonly settings: LoadBalancerSettings;
  readonly now: () => number;
  /** Milliseconds of a second. */
  readonly second: number;
  readonly forward: Forward;
}

/**
 * One load balancer. Its address leads to the listener with the lowest port, as the usual port of a protocol need not be named; each other listener
 * has an address of its own. None of them speaks TLS: an HTTPS listener is one that tells its targets so.
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

  /** `127.0.0.1:<port>`: what AWS has a DNS name for. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get listeners(): Listener[] {
    return [...this.#listeners.values()].map(({ listener }) => listener);
  }

  get rules(): Rule[] {
    return [...this.#rules.values()];
  }

  /** Where a listener can be reached, by its configured port. */
  addressOf(configuredPort: number): string | undefined {
    if (this.#first()?.port === configuredPort) return this.address;
    const found = [...this.#listeners.values()].find(({ listener }) => listener.port === configuredPort);
    return found && `127.0.0.1:${found.port}`;
  }

  async listen(port: number): Promise<void> {
    await listen(this.#server, port);
    this.#port = port;
  }

  /** @param claim a free port for a listener that is new. */
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

  /** Lets requests under way finish, within a limit. */
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
        else response.destroy(); // nobody listens
      },
    );
    server.requestTimeout = 0; // an upload may take as long as it goes on
    return server;
  }

  async #serve(listener: Listener, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = listenerRequest(message, this.settings, listener, this.#options.now());
    const idleTimeout = this.settings.idleTimeout * this.#options.second;
    const exchange = new Exchange(request, response, idleTimeout, listener.responseHeaders);
    message.socket.setTimeout(idleTimeout + CLOSE_LIMIT_MS); // the target's silence is noticed, and answered, before the client's
    try {
      const refused = refusal(request);
      if (refused !== undefined) exchange.fail(refused);
      else await this.#act(this.#actionFor(listener, request), listener, exchange);
    } catch (error) {
      console.error(error);
      exchange.fail(500);
    }
    message.resume(); // what was not read would keep the connection from its next request
  }

  #actionFor(listener: Listener, request: ListenerRequest): Action {
    const rule = this.rules
      .filter(({ listenerArn }) => listenerArn === listener.arn)
      .toSorted((one, other) => one.priority - other.priority)
      .find(({ conditions }) => conditions.every((condition) => holds(condition, request)));
    return rule?.action ?? listener.defaultAction;
  }

  async #act(action: Action, listener: Listener, exchange: Exchange): Promise<void> {
    switch (action.type) {
      case "forward":
        return this.#options.forward(action, exchange);
      case "fixed-response":
        return exchange.send(withServer(action.status, action.contentType, action.body));
      case "redirect": {
        const local = (port: number) => {
          const address = this.addressOf(port);
          return address && `http://${address}`;
        };
        return exchange.send(redirectAnswer(action, exchange.request, listener, local));
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
